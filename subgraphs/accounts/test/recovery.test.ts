import assert from 'node:assert/strict'
import { test } from 'node:test'
import { serviceNamed } from '@shop/kit/identity'
import { newId } from '@shop/kit/ids'
import { accountsWith, noon, password } from './world.ts'

type World = Awaited<ReturnType<typeof accountsWith>>

const verify = (shop: World, token: string | null) =>
  shop.ask('mutation ($input: VerifyEmailInput!) { verifyEmail(input: $input) { at } }', {
    variables: { input: { token } },
  })

const askReset = (shop: World, email: string) =>
  shop.ask(
    'mutation ($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { message } }',
    { variables: { input: { email } } },
  )

const reset = (shop: World, token: string | null, newPassword = 'a new password') =>
  shop.ask(
    'mutation ($input: ConfirmPasswordResetInput!) { confirmPasswordReset(input: $input) { at } }',
    { variables: { input: { token, newPassword } } },
  )

const refused = ['LINK_REFUSED']

test('the link of the mail verifies the address, once', async () => {
  await using shop = await accountsWith()
  const ada = await shop.customer('ada@example.com')
  const { email, token } = await shop.mail('user-registered', 'VERIFY')

  const first = await verify(shop, token)
  const second = await verify(shop, token)

  assert.equal(email, 'ada@example.com')
  assert.deepEqual(first.data.verifyEmail, { at: noon.toISOString() })
  assert.deepEqual(second.codes, refused)
  const me = await shop.ask('{ me { emailVerified version } }', { as: ada })
  assert.deepEqual(me.data.me, { emailVerified: true, version: 2 })
  const told = await shop.database.run(
    `select aggregate_id from outbox where name = 'accounts.user-verified'`,
  )
  assert.deepEqual(told, [{ aggregate_id: ada.id }])
})

test('asked again for the same event the token is the same, and no reset is to be had that nobody asked for', async () => {
  await using shop = await accountsWith()
  const ada = await shop.customer('ada@example.com')

  const first = await shop.mail('user-registered', 'VERIFY')
  const again = await shop.mail('user-registered', 'VERIFY')
  const other = await shop.mail('user-registered', 'RESET')
  const notice = await shop.mail('user-registered', 'NOTICE')
  const invented = await shop.ask(
    'query ($userId: ID!, $eventId: ID!) { mailFor(userId: $userId, eventId: $eventId, purpose: RESET) { token } }',
    { as: serviceNamed('notifications'), variables: { userId: ada.id, eventId: newId() } },
  )

  assert.deepEqual(again, first)
  assert.deepEqual([other.token, notice.token, invented.data.mailFor.token], [null, null, null])
  const kept = await shop.database.run('select hash from mail_tokens')
  assert.equal(kept.length, 1)
  assert.ok(!String(kept[0]?.hash).includes(first.token ?? ''))
})

test('of two who claim an address and follow their links at once, one has it', async () => {
  await using shop = await accountsWith({ at: 'update "mail_tokens"', of: 2 })
  await shop.customer('ada@example.com')
  const adas = await shop.mail('user-registered', 'VERIFY')
  await shop.register('ada@example.com', { password: 'another password' })
  const others = await shop.mail('user-registered', 'VERIFY')

  const answers = await Promise.all([verify(shop, adas.token), verify(shop, others.token)])

  assert.deepEqual(
    answers.flatMap(({ codes }) => codes),
    refused,
  )
  const holders = await shop.database.run('select from users where email_verified_at is not null')
  assert.equal(holders.length, 1)
})

test('whoever claims a verified address gets no link: its owner is told', async () => {
  await using shop = await accountsWith()
  await shop.customer('ada@example.com')
  await verify(shop, (await shop.mail('user-registered', 'VERIFY')).token)

  await shop.register('ada@example.com', { password: 'another password' })

  const mail = await shop.mail('user-registered', 'VERIFY')
  assert.deepEqual([mail.token, mail.isTaken], [null, true])
})

test('a reset ends every session, sets the password, and its link is good once', async () => {
  await using shop = await accountsWith()
  const ada = await shop.customer('ada@example.com')
  await askReset(shop, 'ADA@example.com')
  await shop.run('answer-reset-requests')
  await shop.run('answer-reset-requests')
  const { token } = await shop.mail('password-reset-requested', 'RESET')

  const answers = await Promise.all([reset(shop, token), reset(shop, token)])

  assert.deepEqual(
    answers.flatMap(({ codes }) => codes),
    refused,
  )
  assert.deepEqual((await shop.refresh(ada.refreshToken)).codes, ['UNAUTHENTICATED'])
  assert.deepEqual((await shop.login('ada@example.com')).codes, ['BAD_CREDENTIALS'])
  const { data } = await shop.login('ada@example.com', 'a new password')
  assert.equal(data.login.user.emailVerified, true)
  const told = await shop.database.run(
    `select from outbox where name = 'accounts.password-reset-requested'`,
  )
  assert.equal(told.length, 1)
})

test('a newer link ends the older, and half an hour ends either', async () => {
  await using shop = await accountsWith()
  await shop.customer('ada@example.com')
  await askReset(shop, 'ada@example.com')
  await shop.run('answer-reset-requests')
  const older = await shop.mail('password-reset-requested', 'RESET')
  await askReset(shop, 'ada@example.com')
  await shop.run('answer-reset-requests')
  const newer = await shop.mail('password-reset-requested', 'RESET')

  const first = await reset(shop, older.token)
  shop.wait(30 * 60_000 + 1)
  const second = await reset(shop, newer.token)

  assert.deepEqual([first.codes, second.codes], [refused, refused])
  assert.deepEqual((await shop.login('ada@example.com', password)).codes, [])
})

test('asking for a reset does the same and says the same, whoever’s address it is', async () => {
  await using shop = await accountsWith()
  await shop.customer('ada@example.com')
  const done = (from: number) => shop.statements.slice(from).map((each) => each.slice(0, 40))

  const before = shop.statements.length
  const known = await askReset(shop, 'ada@example.com')
  const between = shop.statements.length
  const unknown = await askReset(shop, 'nobody@example.com')

  assert.deepEqual(unknown, known)
  assert.deepEqual(done(between), done(before).slice(0, between - before))
  await shop.run('answer-reset-requests')
  const told = await shop.database.run(
    `select name from outbox where name like '%reset%' union all select email from reset_requests`,
  )
  assert.deepEqual(told, [{ name: 'accounts.password-reset-requested' }])
})

test('six in an hour are too many for one address, known or not', async () => {
  await using shop = await accountsWith()
  await shop.customer('ada@example.com')

  for (const email of ['ada@example.com', 'nobody@example.com']) {
    const codes = []
    for (let count = 0; count < 6; count += 1) codes.push(...(await askReset(shop, email)).codes)
    assert.deepEqual(codes, ['RATE_LIMITED'])
  }
})

test('a new link for verifying can be had until the address is verified', async () => {
  await using shop = await accountsWith()
  const as = await shop.customer('ada@example.com')
  const resend = (idempotencyKey: string) =>
    shop.ask(
      `mutation ($input: ResendVerificationEmailInput!) {
        resendVerificationEmail(input: $input) { user { emailVerified } }
      }`,
      { as, variables: { input: { idempotencyKey } } },
    )

  const first = await resend('1')
  const { token } = await shop.mail('verification-requested', 'VERIFY')
  await verify(shop, token)
  const second = await resend('2')

  assert.deepEqual(first.data.resendVerificationEmail, { user: { emailVerified: false } })
  assert.deepEqual(second.codes, ['BAD_USER_INPUT'])
})
