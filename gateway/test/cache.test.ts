import assert from 'node:assert/strict'
import { test } from 'node:test'
import { localCache } from '@shop/kit/cache'
import { type Identity, nobody, userNamed } from '@shop/kit/identity'
import { localLive } from '@shop/kit/live'
import { entityKeeper } from '../cache/entities.ts'
import { hearPurges } from '../cache/hear.ts'
import { RecentPurges } from '../cache/recent-purges.ts'
import { cacheStep } from '../cache/step.ts'
import type { Step } from '../request.ts'
import { roadWith } from '../road.ts'
import { openRouter } from '../router.ts'
import { type Answer, graphOf } from './graph.ts'

const federation = `extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@composeDirective" "@key" "@authenticated"])
    @link(url: "https://shopgraph.dev/directives/v1.0", import: ["@cacheControl" "@cacheTag"])
    @composeDirective(name: "@cacheControl") @composeDirective(name: "@cacheTag")
  directive @cacheControl(maxAge: Int, scope: String, inheritMaxAge: Boolean) on OBJECT | FIELD_DEFINITION
  directive @cacheTag(format: String!, purgedBy: [String!]) repeatable on OBJECT | FIELD_DEFINITION`

/** The system's own time, which a test may put forward. */
function forwarded() {
  const time = { aheadMs: 0, now: () => new Date(Date.now() + time.aheadMs) }
  return time
}

interface Counting {
  readonly stock: { one: number }
  readonly who: { identity: Identity }
  count<T>(name: string, given: T): T
}

function graphFor({ stock, who, count }: Counting) {
  return graphOf({
    catalog: {
      typeDefs: `${federation}
        type Query {
          products: [Product!]! @cacheControl(maxAge: 30) @cacheTag(format: "products", purgedBy: ["catalog.product-changed"])
          mine: Product @cacheControl(maxAge: 60, scope: "PRIVATE")
          member: Int @authenticated @cacheControl(maxAge: 60)
          fails: Int @cacheControl(maxAge: 60)
          plain: Int
          bare: [Bare]
        }
        type Bare { id: ID }
        type Product @key(fields: "id") @cacheControl(maxAge: 60) @cacheTag(format: "product:{$key.id}", purgedBy: ["catalog.product-changed"]) {
          id: ID! name: String notes: [Bare]
        }`,
      resolvers: {
        Query: {
          products: () =>
            count('products', [
              { id: 'one', name: 'One' },
              { id: 'two', name: 'Two' },
            ]),
          mine: () => count('mine', { id: 'one', name: who.identity.id }),
          member: () => count('member', 1),
          fails: () => {
            count('fails', null)
            throw new Error('No.')
          },
          plain: () => count('plain', 1),
        },
      },
    },
    stock: {
      typeDefs: `${federation}
        type Product @key(fields: "id") @cacheTag(format: "product:{$key.id}", purgedBy: ["stock.changed:productId"]) {
          id: ID! left: Int @cacheControl(maxAge: 10) held: Int
        }`,
      resolvers: {
        Product: {
          left: ({ id }: { id: string }) => count(`left ${id}`, id === 'one' ? stock.one : 7),
          held: () => count('held', 1),
          __resolveReference: (given: object) => given,
        },
      },
    },
  })
}

async function world() {
  await using opening = new AsyncDisposableStack()
  const time = forwarded()
  const [cache, live, purges] = [localCache(time), opening.use(localLive()), new RecentPurges()]
  const counts: Record<string, number> = {}
  const stock = { one: 5 }
  const who: { identity: Identity } = { identity: nobody }
  function count<T>(name: string, given: T): T {
    counts[name] = (counts[name] ?? 0) + 1
    return given
  }
  const graph = graphFor({ stock, who, count })
  const know: Step = (request) => {
    request.identity = who.identity
  }
  const router = opening.use(
    await openRouter({
      supergraph: graph.supergraph,
      link: graph.link,
      entities: entityKeeper({ cache, purges }),
      config: { port: 0 },
      steps: roadWith({ arrived: [know], admitted: [cacheStep({ cache })] }),
    }),
  )
  const onFault = (fault: unknown) => {
    throw fault
  }
  opening.use(
    hearPurges({ live, cache, purges, generation: () => router.life.generation, onFault }),
  )
  async function get(query: string, headers: Record<string, string> = {}) {
    const response = await fetch(`${router.url}?${new URLSearchParams({ query })}`, { headers })
    const text = await response.text()
    return { response, answer: (text ? JSON.parse(text) : {}) as Answer }
  }
  const opened = opening.move()
  return { counts, stock, who, time, live, get, [Symbol.asyncDispose]: () => opened.disposeAsync() }
}

test('what is everybody’s is answered from what is kept, however it is written, until it is too old', async () => {
  await using shop = await world()
  const first = await shop.get('{ products { id name } }')
  const again = await shop.get('query   { products { id, name } } # the same')
  shop.time.aheadMs = 31_000
  await shop.get('{ products { id name } }')

  assert.deepEqual(again.answer, first.answer)
  assert.equal(shop.counts.products, 2)
  assert.equal(first.response.headers.get('cache-control'), 'public, max-age=30')
  assert.match(String(first.response.headers.get('vary')), /origin.*authorization.*cookie/)
})

test('who has an answer already is told only that it still holds', async () => {
  await using shop = await world()
  const { response } = await shop.get('{ products { id } }')

  const again = await shop.get('{ products { id } }', {
    'if-none-match': String(response.headers.get('etag')),
  })

  assert.deepEqual([again.response.status, again.answer], [304, {}])
})

const unkept = [
  '{ mine { name } }',
  '{ member }',
  '{ fails }',
  '{ plain }',
  '{ products { id notes { id } } }',
]

for (const query of unkept) {
  test(`${query} is not kept`, async () => {
    await using shop = await world()
    shop.who.identity = userNamed('ada')

    const first = await shop.get(query)
    const before = JSON.stringify(shop.counts)
    await shop.get(query)

    assert.notEqual(JSON.stringify(shop.counts), before)
    assert.doesNotMatch(String(first.response.headers.get('cache-control')), /public|max-age/)
  })
}

test('who has scopes is neither answered from what is shared, nor adds to it', async () => {
  await using shop = await world()
  await shop.get('{ products { id left } }')
  shop.who.identity = { kind: 'staff', id: 'bo', scopes: ['catalog:read'] }
  const { response } = await shop.get('{ products { id left } }')

  assert.equal(shop.counts.products, 2)
  assert.equal(shop.counts['left one'], 2)
  assert.equal(response.headers.get('cache-control'), 'no-store')
})

test('somebody signed in is answered from it, and it is said to be theirs', async () => {
  await using shop = await world()
  await shop.get('{ products { id } }')
  shop.who.identity = userNamed('ada')
  const { response } = await shop.get('{ products { id } }')

  assert.equal(shop.counts.products, 1)
  assert.match(String(response.headers.get('cache-control')), /^private, max-age=/)
})

test('entities are kept by themselves, and asked for where they are not', async () => {
  await using shop = await world()
  await shop.get('{ products { id left } }')
  await shop.get('{ products { left name } plain }')

  assert.deepEqual(
    [shop.counts['left one'], shop.counts['left two'], shop.counts.products],
    [1, 1, 2],
  )
})

test('an event drops what it makes untrue, answers and entities, in under a second', async () => {
  await using shop = await world()
  const query = '{ products { name left } }'
  await shop.get(query)
  shop.stock.one = 4
  const stale = await shop.get(query)

  const began = performance.now()
  await shop.live.publish('event.stock.changed', {
    name: 'stock.changed',
    aggregateId: 'x',
    data: { productId: 'one' },
  })
  let now = stale
  while (now.answer.data.products[0].left !== 4 && performance.now() - began < 2_000) {
    now = await shop.get(query)
  }

  assert.equal(stale.answer.data.products[0].left, 5)
  assert.equal(now.answer.data.products[0].left, 4)
  assert.ok(performance.now() - began < 1_000)
  assert.equal(shop.counts['left two'], 1)
})
