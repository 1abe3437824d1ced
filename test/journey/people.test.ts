import assert from 'node:assert/strict'
import { test } from 'node:test'
import { serviceNamed } from '@shop/kit/identity'
import { newId } from '@shop/kit/ids'
import type { Shop } from '../../deploy/solo/shop.ts'
import { clientOf, shopIn, type Topology } from './shop.ts'

const payload = 'accessToken refreshToken user { id emailVerified roles scopes }'
const register = `mutation ($input: RegisterInput!) { register(input: $input) { ${payload} } }`
const login = `mutation ($input: LoginInput!) { login(input: $input) { ${payload} } }`
const refresh = `mutation ($input: RefreshTokenInput!) { refreshToken(input: $input) { ${payload} } }`
const me = '{ me { id email emailVerified profile { givenName } } }'

/** What notifications asks accounts before it sends a mail. */
async function mailTo(shop: Shop, userId: string, purpose: 'VERIFY' | 'RESET') {
  const { data } = await shop.reach('accounts').ask({
    document: `query ($userId: ID!, $eventId: ID!, $purpose: MailPurpose!) {
      mailFor(userId: $userId, eventId: $eventId, purpose: $purpose) { email token }
    }`,
    variables: { userId, eventId: newId(), purpose },
    identity: serviceNamed('notifications'),
  })
  return data.mailFor as { email: string; token: string }
}

for (const topology of ['solo', 'full'] satisfies Topology[]) {
  test(`${topology}: a shopper registers, is verified, stays logged in, and gets back in`, async (t) => {
    await using shop = await shopIn(topology, t)
    if (!shop) return
    const ask = clientOf(shop.url)
    const [email, password] = ['Ada@Example.com', 'a long enough secret']

    const registered = await ask(register, { email, password, givenName: 'Ada' })
    const { accessToken, refreshToken, user } = registered.data.register
    const before = await ask(me, null, accessToken)
    const mail = await mailTo(shop, user.id, 'VERIFY')
    const verify = `mutation ($input: VerifyEmailInput!) { verifyEmail(input: $input) { at } }`
    const verified = await ask(verify, { token: mail.token })
    const twice = await ask(verify, { token: mail.token })
    const after = await ask(me, null, accessToken)

    assert.equal(before.data.me.emailVerified, false)
    assert.equal(mail.email, 'ada@example.com')
    assert.ok(verified.data.verifyEmail.at)
    assert.equal(twice.codes.length, 1)
    assert.deepEqual(after.data.me, {
      id: user.id,
      email: 'ada@example.com',
      emailVerified: true,
      profile: { givenName: 'Ada' },
    })

    // Fifty at once: one successor, and whoever lost is told that it is being done.
    const raced = await Promise.all(
      Array.from({ length: 50 }, () => ask(refresh, { refreshToken })),
    )
    const won = raced.filter(({ data }) => data?.refreshToken)
    const lost = new Set(raced.flatMap(({ codes }) => codes))
    assert.equal(won.length, 1)
    assert.deepEqual([...lost], ['IN_PROGRESS'])

    // The reply was lost: shown again at once, the used one gets a new successor, and the first dies.
    const [first] = won
    const again = await ask(refresh, { refreshToken })
    const dead = await ask(refresh, { refreshToken: first?.data.refreshToken.refreshToken })
    assert.ok(again.data?.refreshToken, `${again.codes}`)
    assert.equal(dead.data, null)

    // Somebody else had it: the family ends, and the thief is out with the owner.
    const ended = await ask(refresh, { refreshToken: again.data.refreshToken.refreshToken })
    assert.deepEqual([ended.data, ended.codes], [null, ['UNAUTHENTICATED']])

    const entered = await ask(login, { email: 'ada@example.com', password })
    assert.ok(entered.data.login.accessToken)
    const request = `mutation ($input: RequestPasswordResetInput!) {
      requestPasswordReset(input: $input) { message }
    }`
    const known = await ask(request, { email })
    const unknown = await ask(request, { email: 'nobody@example.com' })
    assert.deepEqual(known.data, unknown.data)

    const reset = await mailTo(shop, user.id, 'RESET')
    const confirm = `mutation ($input: ConfirmPasswordResetInput!) {
      confirmPasswordReset(input: $input) { at }
    }`
    const changed = await ask(confirm, { token: reset.token, newPassword: 'another long secret' })
    const old = await ask(login, { email, password })
    const fresh = await ask(login, { email, password: 'another long secret' })
    const gone = await ask(refresh, { refreshToken: entered.data.login.refreshToken })
    assert.ok(changed.data?.confirmPasswordReset.at, `${changed.codes}`)
    assert.equal(old.data, null)
    assert.equal(fresh.data.login.user.id, user.id)
    assert.equal(gone.data, null)
  })
}
