import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { type Identity, userNamed } from '@shop/kit/identity'
import type { ConfigInput } from '../config.ts'
import type { Step } from '../request.ts'
import { roadWith } from '../road.ts'
import { openRouter } from '../router.ts'
import { type Answer, ask, graphOf } from './graph.ts'
import { answers, type Manner, misbehaving } from './misbehaving.ts'

const federation = `extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@composeDirective" "@key"])
    @link(url: "https://shopgraph.dev/directives/v1.0", import: ["@fallback" "@timeout"])
    @composeDirective(name: "@fallback") @composeDirective(name: "@timeout")
  directive @fallback(value: String, empty: Boolean) on FIELD_DEFINITION
  directive @timeout(ms: Int!) on FIELD_DEFINITION`

/** Of one subgraph over HTTP, which behaves as it is told, and one in this process. */
async function world(manner: Manner, config: ConfigInput = {}) {
  await using opening = new AsyncDisposableStack()
  const sick = opening.use(await misbehaving(manner))
  const counts = { calls: 0 }
  const graph = graphOf({
    sick: {
      typeDefs: `${federation}
        type Query { a: Int other: Int patient: Int @timeout(ms: 100) page: Page @fallback(empty: true) }
        type Mutation { write: Int }
        type Page { nodes: [Thing!]! more: Boolean! note: String }
        type Thing @key(fields: "id") { id: ID! stock: Int! @fallback(value: "0") price: Int }`,
    },
    sound: {
      typeDefs: `${federation} type Query { b: Int things: [Thing!]! } type Thing @key(fields: "id") { id: ID! name: String }`,
      resolvers: {
        Query: {
          b: () => 1,
          things: () => [
            { id: '1', name: 'one' },
            { id: '2', name: 'two' },
          ],
        },
      },
    },
  })
  const who: { identity?: Identity } = {}
  const know: Step = (request) => {
    if (who.identity) request.identity = who.identity
  }
  const states: string[] = []
  const router = opening.use(
    await openRouter({
      supergraph: graph.supergraph,
      link: (service) => (service === 'sound' ? graph.link(service) : undefined),
      steps: roadWith({ arrived: [know] }),
      onState: (_, group, state) => states.push(`${group} ${state}`),
      config: { port: 0, subgraphs: { sick: { url: sick.url, timeoutMs: 2_000 } }, ...config },
    }),
  )
  const opened = opening.move()
  return {
    router,
    who,
    states,
    counts,
    now(next: Manner) {
      sick.now((request, response, body) => {
        counts.calls += 1
        next(request, response, body)
      })
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

const data = { a: 1, other: 2, patient: 3, write: 4 }
const well = answers({ data })
const reset: Manner = (request) => request.socket.destroy()
const slowly =
  (ms: number): Manner =>
  (...given) =>
    void setTimeout(() => well(...given), ms)
const codesOf = ({ errors = [] }: Answer) => errors.map(({ extensions }) => extensions.code)

const quick = { windowMs: 2_000, least: 5, share: 0.5, slowMs: 100, restMs: 400 }

test('of what cannot be reached reads are tried again, at most one in ten, and writes never', async () => {
  await using shop = await world(well, { traffic: { merge: false, breaker: { least: 100_000 } } })
  shop.now(reset)

  for (let at = 0; at < 200; at += 1) await ask(shop.router, '{ a }')
  const reads = shop.counts.calls
  shop.counts.calls = 0
  const written = await ask(shop.router, 'mutation { write }')

  assert.ok(reads > 200 && reads <= 221, `${reads} calls for 200 reads`)
  assert.equal(shop.counts.calls, 1)
  assert.deepEqual(codesOf(written), ['UNKNOWN_OUTCOME'])
})

test('a read that fails once is answered', async () => {
  await using shop = await world(well)
  let count = 0
  shop.now((...given) => (count++ === 0 ? reset(...given) : well(...given)))

  assert.deepEqual(await ask(shop.router, '{ a }'), { data: { a: 1 } })
})

test('a group of fields that is slow is left alone, others of its subgraph are not, and it comes back', async () => {
  await using shop = await world(well, { traffic: { breaker: quick } })
  shop.now((request, response, body) =>
    (body.includes('other') ? well : slowly(300))(request, response, body),
  )

  for (let at = 0; at < 5; at += 1) await ask(shop.router, '{ a }')
  const before = shop.counts.calls
  const began = performance.now()
  const resting = await ask(shop.router, '{ a b }')
  const tookMs = performance.now() - began
  const calls = shop.counts.calls - before
  const other = await ask(shop.router, '{ other }')
  shop.now(well)
  await delay(450)
  const back = await ask(shop.router, '{ a }')

  assert.deepEqual([resting.data, codesOf(resting)], [{ a: null, b: 1 }, ['UNAVAILABLE']])
  assert.ok(tookMs < 80 && calls === 0, `${tookMs} ms, ${calls} calls`)
  assert.deepEqual([other.data, back.data], [{ other: 2 }, { a: 1 }])
  assert.deepEqual(shop.states, ['Query.a open', 'Query.a trying', 'Query.a closed'])
})

test('hanging calls open it while they hang', async () => {
  await using shop = await world(well, { traffic: { merge: false, breaker: quick } })
  shop.now(() => {})

  const hanging = Array.from({ length: 6 }, () => ask(shop.router, '{ a }'))
  await delay(200)
  const began = performance.now()
  const next = await ask(shop.router, '{ a }')

  assert.deepEqual(codesOf(next), ['UNAVAILABLE'])
  assert.ok(performance.now() - began < 150)
  assert.deepEqual((await Promise.all(hanging)).flatMap(codesOf), Array(6).fill('TIMEOUT'))
})

test('a field has a time of its own', async () => {
  await using shop = await world(well)
  await ask(shop.router, '{ patient b }')
  shop.now(slowly(3000))

  const began = performance.now()
  const answer = await ask(shop.router, '{ patient b }')

  assert.deepEqual([answer.data, codesOf(answer)], [{ patient: null, b: 1 }, ['TIMEOUT']])
  assert.ok(performance.now() - began < 2500)
})

test('a dead subgraph costs its own fields, which become what they may, and the answer says so', async () => {
  await using shop = await world(reset)

  const page = await ask(shop.router, '{ page { nodes { id } m: more note } b }')
  const things = await ask(shop.router, '{ things { name left: stock } }')
  const both = await ask(shop.router, '{ things { name stock price } }')

  assert.deepEqual(page, {
    data: { page: { nodes: [], m: false, note: null }, b: 1 },
    extensions: { degraded: ['Query.page'] },
  })
  assert.deepEqual(things, {
    data: {
      things: [
        { name: 'one', left: 0 },
        { name: 'two', left: 0 },
      ],
    },
    extensions: { degraded: ['Thing.stock'] },
  })
  assert.deepEqual(both.data, {
    things: [
      { name: 'one', stock: 0, price: null },
      { name: 'two', stock: 0, price: null },
    ],
  })
  assert.deepEqual(codesOf(both), ['UNAVAILABLE'])
})

test('equal reads of one asker are one, and of two are two', async () => {
  await using shop = await world(well)
  shop.now(slowly(900))
  shop.who.identity = userNamed('ada')
  const adas = Array.from({ length: 10 }, () => ask(shop.router, '{ a }'))
  await delay(300)
  shop.who.identity = userNamed('bob')
  const bobs = Array.from({ length: 10 }, () => ask(shop.router, '{ a }'))

  const all = await Promise.all([...adas, ...bobs])

  assert.deepEqual(all, Array(20).fill({ data: { a: 1 } }))
  assert.equal(shop.counts.calls, 2)
})

test('who follows another is answered when the other goes away', async () => {
  await using shop = await world(well)
  shop.now(slowly(150))
  const leaving = new AbortController()
  const first = fetch(shop.router.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ a }' }),
    signal: leaving.signal,
  }).catch(() => 'gone')
  await delay(50)
  const second = ask(shop.router, '{ a }')
  await delay(20)
  leaving.abort()

  assert.deepEqual([await first, await second], ['gone', { data: { a: 1 } }])
})

test('of several addresses those that answer are asked', async () => {
  await using dead = await misbehaving(reset)
  await using live = await misbehaving(well)
  await using shop = await world(well, { subgraphs: { sick: { urls: [dead.url, live.url] } } })

  const all: Answer[] = []
  for (let at = 0; at < 20; at += 1) all.push(await ask(shop.router, '{ a }'))

  assert.deepEqual(all, Array(20).fill({ data: { a: 1 } }))
})
