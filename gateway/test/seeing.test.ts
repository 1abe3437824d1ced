import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { roadWith } from '../road.ts'
import { openRouter } from '../router.ts'
import { seeingWhere } from '../seeing/steps.ts'
import { federation2, graphOf } from './graph.ts'

const things = `${federation2} type Query { things: [Thing!]! fails: Int }
  type Thing @key(fields: "id") { id: ID! }`
const prices = `${federation2} type Thing @key(fields: "id") { id: ID! price: Int }`

async function asking(isDevelopment: boolean) {
  const { supergraph, link, asked } = graphOf({
    things: {
      typeDefs: things,
      resolvers: { Query: { things: () => [{ id: 'a' }, { id: 'b' }] } },
    },
    prices: {
      typeDefs: prices,
      resolvers: { Thing: { __resolveReference: () => sleep(30, { price: 1 }) } },
    },
  })
  const steps = roadWith(seeingWhere(isDevelopment))
  const router = await openRouter({ supergraph, link, config: { port: 0 }, steps })
  const send = async (extensions: object, query = '{ things { price } }') => {
    const response = await fetch(router.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, extensions }),
    })
    // biome-ignore lint/suspicious/noExplicitAny: JSON, as it came.
    return (await response.json()) as any
  }
  return { send, asked, [Symbol.asyncDispose]: () => router[Symbol.asyncDispose]() }
}

const whole = { things: [{ price: 1 }, { price: 1 }] }

test('who asks for the plan reads which subgraph is asked for what, by which keys, and where it goes', async () => {
  await using world = await asking(true)

  const { data, extensions } = await world.send({ plan: true })

  assert.deepEqual(data, whole)
  const { kind, nodes } = extensions.plan
  assert.equal(kind, 'sequence')
  assert.deepEqual(
    nodes.map(({ kind, service, places, needs }: Record<string, unknown>) => ({
      kind,
      service,
      places,
      needs,
    })),
    [
      { kind: 'fetch', service: 'things', places: [], needs: [] },
      { kind: 'fetch', service: 'prices', places: ['things.@'], needs: ['Thing { id }'] },
    ],
  )
  assert.match(nodes[1].text, /_entities\(representations: \$representations\)/)
})

test('a plan alone asks no subgraph', async () => {
  await using world = await asking(true)

  const { data, extensions } = await world.send({ plan: 'only' })

  assert.deepEqual([data, extensions.plan.kind, world.asked], [null, 'sequence', []])
})

test('a trace tells each fetch, of how many entities, when it began and what it took', async () => {
  await using world = await asking(true)

  const { data, extensions } = await world.send({ trace: true })

  assert.deepEqual([data, extensions.plan], [whole, undefined])
  const { ms, plannedMs, fetches } = extensions.trace
  const [first, second] = fetches
  assert.deepEqual(
    fetches.map(({ service, entities, isAnswered }: Record<string, unknown>) => [
      service,
      entities,
      isAnswered,
    ]),
    [
      ['things', null, true],
      ['prices', 2, true],
    ],
  )
  assert.ok(plannedMs <= first.startMs && first.startMs + first.ms <= second.startMs)
  assert.ok(second.ms >= 29 && second.startMs + second.ms <= ms, JSON.stringify(extensions.trace))
})

test('outside development nobody is told how an operation was planned, or what was fetched', async () => {
  await using world = await asking(false)

  const asked = { plan: 'only', trace: true }

  assert.deepEqual(await world.send(asked), { data: whole })
  assert.deepEqual(await world.send({}), { data: whole })
})
