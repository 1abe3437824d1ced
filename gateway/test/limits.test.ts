import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask, federation2, graphOf, routerOf } from './graph.ts'

const nodes = () =>
  graphOf({
    one: {
      typeDefs: `${federation2}
        type Query { node(id: ID): Node n(x: Int): Int }
        type Node @key(fields: "id") { id: ID! a: Node @shareable b: Node @shareable n: Int @shareable }`,
    },
    two: {
      typeDefs: `${federation2}
        type Node @key(fields: "id") { id: ID! a: Node @shareable b: Node @shareable n: Int @shareable m: Int }`,
    },
  })

const doubling = (levels: number) =>
  `{ node { ...F0 } } ${Array.from(
    { length: levels },
    (_, at) => `fragment F${at} on Node { a { ...F${at + 1} } b { ...F${at + 1} } }`,
  ).join(' ')} fragment F${levels} on Node { n m }`

const mesh = Array.from(
  { length: 100 },
  (_, at) =>
    `fragment F${at} on Node { ${Array.from({ length: 100 }, (_, to) => `...F${to}`).join(' ')} }`,
).join(' ')

const attacks: readonly (readonly [name: string, query: string])[] = [
  ['fragments that double from level to level', doubling(16)],
  ['one field 3,000 times', `{ node { ${'n '.repeat(3_000)} } }`],
  [
    '10,000 aliases',
    `{ node { ${Array.from({ length: 10_000 }, (_, at) => `a${at}: n`).join(' ')} } }`,
  ],
  ['a mesh of fragments', `{ node { ...F0 } } ${mesh}`],
  ['a selection 100,000 deep', `{ node ${'{ a '.repeat(100_000)}`],
  ['a list 100,000 deep', `{ n(x: ${'['.repeat(100_000)}) }`],
  ['1,000 directives', `{ node { n ${'@skip(if: true) '.repeat(1_000)} } }`],
  ['3,000 operations', Array.from({ length: 3_000 }, (_, at) => `query Q${at} { n }`).join(' ')],
  ['a field of the name __proto__', '{ node { __proto__: n } }'],
]

test('what would cost too much is refused before it costs much', async (t) => {
  await using router = await routerOf(nodes())
  for (const [name, query] of attacks) {
    await t.test(name, async () => {
      const before = process.cpuUsage()

      const { data, errors } = await ask(router, query)

      const { user, system } = process.cpuUsage(before)
      assert.equal(data, undefined)
      assert.match(
        errors?.[0]?.extensions.code,
        /^(OPERATION_TOO_LARGE|BAD_USER_INPUT|GRAPHQL_\w+_FAILED)$/,
      )
      assert.ok((errors?.length ?? 0) <= 5)
      assert.ok(user + system < 300_000, `${user + system} µs`)
    })
  }
})

test('a planner that is held is ended, and others are served meanwhile', async () => {
  await using router = await routerOf(nodes(), {
    plans: { deadlineMs: 300, processes: 2 },
    limits: { fields: 10_000_000, aliases: 10_000_000 },
    cost: { most: 10_000_000 },
  })

  const bombs = Array.from({ length: 3 }, (_, at) => ask(router, doubling(17 + at)))
  const other = await ask(router, '{ n }')

  assert.deepEqual(other, { data: { n: null } })
  for (const { errors } of await Promise.all(bombs)) {
    assert.equal(errors?.[0]?.extensions.code, 'QUERY_PLAN_TOO_COMPLEX')
  }
  assert.deepEqual(await ask(router, '{ n(x: 2) }'), { data: { n: null } })
})

test('a stranger is told nothing that was not asked for', async () => {
  await using router = await routerOf(nodes(), { development: false, introspection: false })

  const misspelt = await ask(router, '{ nod { id } }')
  const wrong = await ask(router, 'query ($x: Int) { n(x: $x) }', { x: 'hunter2' })
  const schema = await ask(router, '{ __schema { types { name } } }')

  assert.equal(misspelt.errors?.[0]?.message, 'Cannot query field "nod" on type "Query".')
  assert.deepEqual(wrong.errors, [
    {
      message: '$x has a value of the wrong type.',
      extensions: { code: 'BAD_USER_INPUT' },
    },
  ])
  assert.equal(schema.errors?.[0]?.extensions.code, 'GRAPHQL_VALIDATION_FAILED')
})
