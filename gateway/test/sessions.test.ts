import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildSubgraphSchema } from '@apollo/subgraph'
import type { Identity } from '@shop/kit/identity'
import { localLink } from '@shop/kit/link'
import type { Request } from '@shop/kit/request'
import { silent } from '@shop/kit/testing'
import { parse } from 'graphql'
import { handedOut } from '../identity/hand-out.ts'
import { renewalStep, sessionStep } from '../identity/session-step.ts'
import { sessionsBy } from '../identity/sessions.ts'
import { identityStep } from '../identity/step.ts'
import { roadWith } from '../road.ts'
import { openRouter, type Router } from '../router.ts'
import { nearLink } from '../shop/links.ts'
import { graphOf } from './graph.ts'

const typeDefs = `
  extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@composeDirective"])
    @link(url: "https://shopgraph.dev/directives/v1.0", import: ["@needsSession"])
    @composeDirective(name: "@needsSession")
  directive @needsSession on FIELD_DEFINITION
  type Query { who: String cookie: String }
  type Mutation { fill: String @needsSession look: String enter: String leave: String }`

const who = (_: unknown, __: unknown, { identity }: Request) => identity.guestId ?? null
const setting =
  (value: string) =>
  (_: unknown, __: unknown, { setCookie }: Request) =>
    void setCookie({ name: 'guest', value, maxAgeSeconds: 1 })
const resolvers = {
  Query: { who, cookie: (_: unknown, __: unknown, { cookies }: Request) => cookies.guest ?? null },
  Mutation: { fill: who, look: who, enter: setting('anew'), leave: setting('') },
}

const user: Identity = { kind: 'user', id: 'ada', scopes: [] }
const sessions = sessionsBy(Buffer.from('a key'))

/** The road of the shop around one subgraph that says who it was asked by. */
function shop(isSecure = false): Promise<Router> {
  const schema = buildSubgraphSchema([{ typeDefs: parse(typeDefs), resolvers }])
  const context = (request: Request) => request
  const link = nearLink('orders', localLink({ name: 'orders', schema, context, log: silent([]) }))
  const tokens = async (token: string) => (token === 'ada' ? user : null)
  return openRouter({
    supergraph: graphOf({ orders: { typeDefs } }).supergraph,
    config: { port: 0 },
    link: () => link,
    steps: roadWith({
      arrived: [identityStep({ tokens, sessions, isSecure })],
      planned: [sessionStep(sessions)],
      executed: [renewalStep(sessions)],
    }),
    onEnd: (record, response) => {
      for (const [name, value] of handedOut(record, isSecure)) response.setHeader(name, value)
    },
  })
}

type Headers = Readonly<Record<string, string>>

async function asked({ url }: Router, query: string, headers: Headers = {}) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  })
  // biome-ignore lint/suspicious/noExplicitAny: JSON, as it came.
  const { data } = (await response.json()) as any
  const [cookie = ''] = response.headers.getSetCookie()
  const text = /^(?:__Host-)?shop-session=([^;]*)/.exec(cookie)?.[1]
  return { data, cookie, text, header: response.headers.get('x-shop-session') }
}

const browser = { 'sec-fetch-site': 'same-origin' }
const cookieOf = (text: string | undefined) => ({ ...browser, cookie: `shop-session=${text}` })

test('a mutation that needs a session is run for a guest, who stays the same', async () => {
  await using router = await shop()

  const before = await asked(router, '{ who }', browser)
  const first = await asked(router, 'mutation { one: fill two: fill }', browser)
  const second = await asked(router, 'mutation { fill }', cookieOf(first.text))

  assert.deepEqual([before.data, before.cookie], [{ who: null }, ''])
  const { guestId } = sessions.read(first.text ?? '') ?? {}
  assert.deepEqual(first.data, { one: guestId, two: guestId })
  assert.equal(first.header, null)
  assert.deepEqual([second.data, second.cookie], [{ fill: guestId }, ''])
})

test('only a field that needs one gives a session, and only where it is run', async () => {
  await using router = await shop()
  const skipped = 'mutation { look fill @skip(if: true) }'
  const within = 'mutation { ...F } fragment F on Mutation { again: fill }'

  const answers = [await asked(router, 'mutation { look }'), await asked(router, skipped)]
  const given = await asked(router, within)

  assert.deepEqual(
    answers.map(({ data, cookie }) => [data, cookie]),
    [
      [{ look: null }, ''],
      [{ look: null }, ''],
    ],
  )
  assert.equal(given.data.again, sessions.read(given.text ?? '')?.guestId)
})

test('the cookie is read by no script, and over HTTPS bound to this host', async () => {
  await using secure = await shop(true)
  await using plain = await shop()

  const { cookie } = await asked(secure, 'mutation { fill }', browser)
  const loopback = await asked(plain, 'mutation { fill }', browser)

  const rest = 'Path=/; Max-Age=15552000; HttpOnly; SameSite=Lax'
  assert.match(cookie, new RegExp(`^__Host-shop-session=[\\w.-]+; ${rest}; Secure$`))
  assert.match(loopback.cookie, new RegExp(`^shop-session=[\\w.-]+; ${rest}$`))
})

test('a client without cookies gets and gives the session in a header', async () => {
  await using router = await shop()

  const app = await asked(router, 'mutation { fill }')
  const page = await asked(router, 'mutation { fill }', { ...browser, 'x-shop-session': 'none' })
  const again = await asked(router, '{ who }', { 'x-shop-session': app.header ?? '' })

  assert.equal(app.header, app.text)
  assert.equal(page.cookie, '')
  assert.equal(page.data.fill, sessions.read(page.header ?? '')?.guestId)
  assert.deepEqual(again.data, { who: app.data.fill })
})

test('at log-in the session is issued anew, and the cart of before is still known', async () => {
  await using router = await shop()
  const guest = await asked(router, 'mutation { fill }', browser)

  const entered = await asked(router, 'mutation { enter }', cookieOf(guest.text))
  const renewed = cookieOf(entered.text)
  const signedIn = await asked(router, '{ who cookie }', {
    ...renewed,
    authorization: 'Bearer ada',
  })
  const signedOut = await asked(router, '{ who cookie }', renewed)
  const left = await asked(router, 'mutation { leave }', renewed)

  const { guestId, former } = sessions.read(entered.text ?? '') ?? {}
  assert.equal(former, guest.data.fill)
  assert.deepEqual(signedIn.data, { who: former, cookie: former })
  assert.deepEqual(signedOut.data, { who: guestId, cookie: former })
  assert.match(left.cookie, /^shop-session=; .*Max-Age=0/)
})

test('who has no session gets none by logging in', async () => {
  await using router = await shop()

  const entered = await asked(router, 'mutation { enter }', browser)

  assert.equal(entered.cookie, '')
})

for (const [name, forge] of [
  ['of another key', () => sessionsBy(Buffer.from('another')).issue().text],
  ['with another guest', (text: string) => text.replace(/^.{8}/, '00000000')],
  ['with a former one of its own making', (text: string) => text.replace('.', `.${nobodysId}.`)],
  ['cut short', (text: string) => text.slice(0, -1)],
] as const) {
  test(`a session ${name} is none`, async () => {
    await using router = await shop()

    const { data } = await asked(router, '{ who }', cookieOf(forge(sessions.issue().text)))

    assert.deepEqual(data, { who: null })
  })
}

const nobodysId = '019a3c1e-7f00-7000-8000-0000000000ff'
