import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import type { Shop } from '../../deploy/solo/shop.ts'
import { mailedToken } from './mails.ts'
import { listsFolder, partnerComesAndGoes } from './partner.ts'
import { clientOf, shopIn, type Topology } from './shop.ts'

const payload = 'accessToken refreshToken user { id emailVerified roles scopes }'
const register = `mutation ($input: RegisterInput!) { register(input: $input) { ${payload} } }`
const login = `mutation ($input: LoginInput!) { login(input: $input) { ${payload} } }`
const refresh = `mutation ($input: RefreshTokenInput!) { refreshToken(input: $input) { ${payload} } }`
const me = '{ me { id email emailVerified profile { givenName } } }'

type Client = ReturnType<typeof clientOf>
const [email, password] = ['ada@example.com', 'a long enough secret']

async function isVerifiedByMail(shop: Shop, ask: Client, { user, accessToken }: Tokens) {
  const before = await ask(me, null, accessToken)
  const token = await mailedToken(shop, email, 'verify-email')
  const verify = `mutation ($input: VerifyEmailInput!) { verifyEmail(input: $input) { at } }`
  await ask(verify, { token })
  const twice = await ask(verify, { token })
  const after = await ask(me, null, accessToken)

  assert.deepEqual([before.data.me.emailVerified, twice.data], [false, null])
  const profile = { givenName: 'Ada' }
  assert.deepEqual(after.data.me, { id: user.id, email, emailVerified: true, profile })
}

async function staysLoggedIn(ask: Client, { refreshToken }: Tokens) {
  // Fifty at once: one successor, and whoever lost is told that it is being done.
  const raced = await Promise.all(Array.from({ length: 50 }, () => ask(refresh, { refreshToken })))
  const won = raced.filter(({ data }) => data?.refreshToken)
  assert.deepEqual(
    [won.length, ...new Set(raced.flatMap(({ codes }) => codes))],
    [1, 'IN_PROGRESS'],
  )

  // The reply was lost: shown again a moment later, the used one gets a new successor, and the first dies.
  await setTimeout(3100)
  const again = await ask(refresh, { refreshToken })
  const dead = await ask(refresh, { refreshToken: won[0]?.data.refreshToken.refreshToken })
  assert.ok(again.data?.refreshToken, `${again.codes}`)
  // Shown all the same, it is somebody's who should not have it: the family ends, for both.
  const ended = await ask(refresh, { refreshToken: again.data.refreshToken.refreshToken })
  assert.deepEqual([dead.data, ended.data, ended.codes], [null, null, ['UNAUTHENTICATED']])
}

async function getsBackIn(shop: Shop, ask: Client, { user }: Tokens) {
  const entered = await ask(login, { email, password })
  const request = `mutation ($input: RequestPasswordResetInput!) {
    requestPasswordReset(input: $input) { message }
  }`
  const known = await ask(request, { email })
  const unknown = await ask(request, { email: 'nobody@example.com' })
  const token = await mailedToken(shop, email, 'reset-password')
  const confirm = `mutation ($input: ConfirmPasswordResetInput!) {
    confirmPasswordReset(input: $input) { at }
  }`
  const changed = await ask(confirm, { token, newPassword: 'another long secret' })
  const old = await ask(login, { email, password })
  const fresh = await ask(login, { email, password: 'another long secret' })
  const gone = await ask(refresh, { refreshToken: entered.data.login.refreshToken })

  assert.deepEqual(known.data, unknown.data)
  assert.ok(changed.data?.confirmPasswordReset.at, `${changed.codes}`)
  assert.deepEqual([old.data, fresh.data.login.user.id, gone.data], [null, user.id, null])
}

async function mayDoWhatItsRolesSay(shop: Shop, ask: Client, { user }: Tokens) {
  const admin = await ask(login, { email: 'admin@shop.example', password: shop.adminPassword })
  const { accessToken } = admin.data.login
  const stock = '{ stockLevels(first: 1) { totalCount } }'
  const asShopper = await ask(login, { email, password: 'another long secret' })
  const before = await ask(stock, null, asShopper.data.login.accessToken)
  const { data } = await ask(`{ user(id: "${user.id}") { version } }`, null, accessToken)
  const give = `mutation ($input: SetUserRolesInput!) { setUserRoles(input: $input) { __typename } }`
  const input = { idempotencyKey: 'roles', userId: user.id, roles: ['CATALOG'] }
  const given = await ask(give, { ...input, expectedVersion: data.user.version }, accessToken)
  const forbidden = await ask(
    give,
    { ...input, expectedVersion: 1 },
    asShopper.data.login.accessToken,
  )
  const asStaff = await ask(login, { email, password: 'another long secret' })
  const after = await ask(stock, null, asStaff.data.login.accessToken)

  assert.deepEqual([before.codes, forbidden.codes], [['FORBIDDEN'], ['FORBIDDEN']])
  assert.equal(given.data.setUserRoles.__typename, 'UserSaved')
  assert.deepEqual(after.data, { stockLevels: { totalCount: 0 } })
}

/** What stands at a subgraph's own port, for who has no signature of the gateway's. */
async function answersNobodyElse(shop: Shop, { accessToken }: Tokens) {
  const admin = shop.places.find(([what]) => what === 'accounts')?.[1].match(/:(\d+)\//)?.[1]
  const port = Number(admin) - 1000
  const body = '{"query":"{ _service { sdl } }"}'
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` }
  const forged = { ...headers, 'shopgraph-call': 'v1.e30.xxx' }
  const asked = [
    fetch(`http://127.0.0.1:${port}/graphql`, { method: 'POST', headers, body }),
    fetch(`http://127.0.0.1:${port}/graphql`, { method: 'POST', headers: forged, body }),
    fetch(`http://127.0.0.1:${port}/graphql?query={__typename}`),
    fetch(`http://127.0.0.1:${port}/health`),
    fetch(`http://127.0.0.1:${port}/`),
  ]

  for (const answer of await Promise.all(asked)) {
    assert.deepEqual([answer.status, await answer.text()], [401, ''])
  }
}

interface Tokens {
  readonly accessToken: string
  readonly refreshToken: string
  readonly user: { readonly id: string }
}

for (const topology of ['solo', 'full'] satisfies Topology[]) {
  test(`${topology}: a shopper registers, is verified, stays logged in, gets back in, and is given a role; a partner comes and goes`, async (t) => {
    using lists = listsFolder()
    const env = { GATEWAY_OPERATIONS_FOLDER: lists.folder }
    await using shop = await shopIn(topology, t, { env })
    if (!shop) return
    const ask = clientOf(shop.url)
    const admin = await ask(login, { email: 'admin@shop.example', password: shop.adminPassword })
    const isGone = await partnerComesAndGoes(shop, lists, admin.data.login.accessToken)
    const { data } = await ask(register, { email: 'Ada@Example.com', password, givenName: 'Ada' })

    await isVerifiedByMail(shop, ask, data.register)
    await staysLoggedIn(ask, data.register)
    await getsBackIn(shop, ask, data.register)
    await mayDoWhatItsRolesSay(shop, ask, data.register)
    if (topology === 'full') await answersNobodyElse(shop, data.register)
    await isGone()
  })
}
