import assert from 'node:assert/strict'
import { test } from 'node:test'
import { userNamed } from '@shop/kit/identity'
import { localLimits } from '@shop/kit/limits'
import { costStep } from '../cost/step.ts'
import type { Step } from '../request.ts'
import { roadWith } from '../road.ts'
import { openRouter } from '../router.ts'
import { type ask, graphOf } from './graph.ts'

const typeDefs = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@cost" "@listSize"])
  type Query {
    one: Thing
    many(first: Int = 3, skip: Int @cost(weight: 2)): [Thing!] @listSize(slicingArguments: ["first"])
    page(first: Int = 20): Page @listSize(slicingArguments: ["first"], sizedFields: ["nodes"])
    some: [Thing!] @listSize(assumedSize: 7)
    plain: [Thing!]
    heavy: Int @cost(weight: 40)
  }
  type Mutation { act: Thing }
  type Page { nodes: [Thing!] total: Int }
  type Thing { id: ID things(first: Int = 5): [Thing!] @listSize(slicingArguments: ["first"]) }`

const graph = () => graphOf({ a: { typeDefs, resolvers: { Query: { heavy: () => 1 } } } })

async function asking(steps: readonly Step[]) {
  const { supergraph, link } = graph()
  const router = await openRouter({
    supergraph,
    link,
    config: { port: 0 },
    steps: roadWith({ admitted: steps }),
  })
  const send = async (query: string, variables = {}) => {
    const response = await fetch(router.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables, extensions: { cost: true } }),
    })
    return { response, answer: (await response.json()) as Awaited<ReturnType<typeof ask>> }
  }
  return { send, [Symbol.asyncDispose]: () => router[Symbol.asyncDispose]() }
}

const costs: readonly (readonly [query: string, cost: number, variables?: object])[] = [
  ['{ one { id } }', 1],
  ['{ a: one { id } b: one { id } }', 2],
  ['{ many { id } }', 3],
  ['{ many(first: 50) { things { id } } }', 300],
  ['query ($n: Int) { many(first: $n) { id } }', 12, { n: 12 }],
  ['{ many(first: 2, skip: 1) { id } }', 4],
  ['{ page(first: 9) { total nodes { id } } }', 10],
  ['{ page { ...F } } fragment F on Page { nodes { things(first: 2) { id } } }', 61],
  ['{ some { id } }', 7],
  ['{ plain { id } }', 10],
  ['{ heavy }', 40],
  ['query ($no: Boolean!) { heavy @skip(if: $no) one { id } }', 1, { no: true }],
  ['mutation { act { id } }', 11],
]

test('what an operation costs is told where it is asked for', async () => {
  await using router = await asking([costStep({ most: 1000, listSize: 10 })])

  for (const [query, cost, variables] of costs) {
    const { response, answer } = await router.send(query, variables)
    assert.deepEqual(answer.extensions?.cost, { requested: cost, most: 1000 }, query)
    assert.equal(response.headers.get('x-operation-cost'), String(cost))
  }
})

test('an operation that may cost too much is refused before it is planned, whatever its variables', async () => {
  await using router = await asking([costStep({ most: 1000, listSize: 10 })])

  const deep = '{ many(first: 100) { things(first: 100) { things(first: 100) { id } } } }'
  const { answer } = await router.send(deep)
  const huge = await router.send('query ($n: Int) { many(first: $n) { id } }', { n: 1_000_000 })

  assert.equal(answer.errors?.[0].extensions.code, 'COST_EXCEEDED')
  assert.equal(huge.answer.errors?.[0].extensions.code, 'COST_EXCEEDED')
})

test('a client has a budget, which fills up again, and is told when', async () => {
  const time = { ms: 0, now: () => new Date(time.ms) }
  const budget = { limits: localLimits(time), capacity: 100, perSecond: 10 }
  const who = { id: 'ada' }
  const know: Step = (request) => {
    request.identity = userNamed(who.id)
  }
  await using router = await asking([know, costStep({ most: 1000, listSize: 10, budget })])

  const first = await router.send('{ a: heavy b: heavy }')
  const second = await router.send('{ heavy }')
  who.id = 'bob'
  const other = await router.send('{ heavy }')
  who.id = 'ada'
  time.ms += 2000
  const later = await router.send('{ heavy }')

  assert.deepEqual(first.answer.extensions.cost, { requested: 80, most: 1000, left: 20 })
  assert.equal(first.response.headers.get('x-budget-left'), '20')
  assert.equal(second.answer.errors?.[0].extensions.code, 'COST_EXCEEDED')
  assert.deepEqual([second.response.status, second.response.headers.get('retry-after')], [429, '2'])
  assert.deepEqual([other.answer.data, later.answer.data], [{ heavy: 1 }, { heavy: 1 }])
})
