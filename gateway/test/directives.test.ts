import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ConfigInput } from '../config.ts'
import type { Data } from '../json.ts'
import { ask, federation2, graphOf, type Part, routerOf } from './graph.ts'

/** One question to one graph, and everything it answers. */
async function answerOf(
  parts: Readonly<Record<string, Part>>,
  query: string,
  more: { variables?: Data; config?: ConfigInput } = {},
) {
  await using router = await routerOf(graphOf(parts), more.config)
  return await ask(router, query, more.variables)
}

// Apollo's planner asks for the field once, under the client's arguments, and gets this one wrong.
test('@requires takes arguments, and what the client calls by the same name stays its own', async () => {
  const parts = {
    catalog: {
      typeDefs: `${federation2}
        type Query { product: Product }
        type Product @key(fields: "id") { id: ID! price(currency: String!): Int }`,
      resolvers: {
        Query: { product: () => ({ id: '1' }) },
        Product: {
          __resolveReference: (product: Data) => product,
          price: (_: unknown, { currency }: Data) => (currency === 'EUR' ? 10 : 12),
        },
      },
    },
    shipping: {
      typeDefs: `${federation2}
        type Product @key(fields: "id") {
          id: ID! price(currency: String!): Int @external
          total: Int @requires(fields: "price(currency: \\"EUR\\")")
        }`,
      resolvers: {
        Product: {
          __resolveReference: (p: Data) => p,
          total: ({ price }: Data) => Number(price) + 1,
        },
      },
    },
  }

  const query = '{ product { price(currency: "USD") total sum: total } }'
  const answer = await answerOf(parts, query)

  assert.deepEqual(answer, { data: { product: { price: 12, total: 11, sum: 11 } } })
})

const engines = ['hive', 'apollo'] as const

for (const engine of engines) {
  const config = { plans: { engine } }

  test(`${engine}: @provides, @shareable value types, lists of lists and enums`, async () => {
    const parts = {
      one: {
        typeDefs: `${federation2}
          enum Kind { A B }
          type Point @shareable { x: Int y: Int }
          type Query { all: [[Thing]] kinds(of: [Kind!]!): [Kind] }
          type Thing @key(fields: "id") { id: ID! name: String @external at: Point }
          type Root @key(fields: "id") { id: ID! }
          extend type Query { provided: Thing @provides(fields: "name") }`,
        resolvers: {
          Query: {
            all: () => [[{ id: 1, at: { x: 1, y: 2 } }, null], null, []],
            kinds: (_: unknown, { of }: Data) => [...(of as string[]), null],
            provided: () => ({ id: 2, name: 'given at once' }),
          },
        },
      },
      two: {
        typeDefs: `${federation2}
          type Point @shareable { x: Int y: Int }
          type Thing @key(fields: "id") { id: ID! name: String @shareable }`,
        resolvers: {
          Thing: { __resolveReference: ({ id }: Data) => ({ id, name: `asked for ${id}` }) },
        },
      },
    }

    const query =
      'query ($k: [Kind!]!) { all { id name at { y } } kinds(of: $k) provided { name } }'
    const answer = await answerOf(parts, query, { config, variables: { k: ['B', 'A'] } })

    assert.deepEqual(answer, {
      data: {
        all: [[{ id: '1', name: 'asked for 1', at: { y: 2 } }, null], null, []],
        kinds: ['B', 'A', null],
        provided: { name: 'given at once' },
      },
    })
  })

  test(`${engine}: @override moves a field, by its label or its share of requests`, async () => {
    const parts = {
      from: {
        typeDefs: `${federation2} type Query { a: String @shareable b: String c: String d: String }`,
        resolvers: { Query: { a: () => 'old', b: () => 'old', c: () => 'old', d: () => 'old' } },
      },
      to: {
        typeDefs: `${federation2} type Query {
          b: String @override(from: "from")
          c: String @override(from: "from", label: "percent(0)")
          d: String @override(from: "from", label: "percent(100)")
        }`,
        resolvers: { Query: { b: () => 'new', c: () => 'new', d: () => 'new' } },
      },
    }

    const answer = await answerOf(parts, '{ a b c d }', { config })

    assert.deepEqual(answer, { data: { a: 'old', b: 'new', c: 'old', d: 'new' } })
  })

  test(`${engine}: what is @inaccessible is not there, and an object of such a type is null`, async () => {
    const parts = {
      one: {
        typeDefs: `${federation2}
          type Query { any: Any list: [Any] level: Level hidden: Int @inaccessible }
          union Any = Shown | Hidden
          type Shown { n: Int }
          type Hidden @inaccessible { n: Int }
          enum Level { LOW HIGH @inaccessible }`,
        resolvers: {
          Query: {
            any: () => ({ __typename: 'Hidden', n: 1 }),
            list: () => [
              { __typename: 'Hidden', n: 1 },
              { __typename: 'Shown', n: 2 },
            ],
            level: () => 'HIGH',
          },
        },
      },
    }

    const answer = await answerOf(
      parts,
      '{ any { __typename } list { __typename ... on Shown { n } } level }',
      { config },
    )
    const hidden = await answerOf(parts, '{ hidden }', { config })

    assert.deepEqual(answer.data, {
      any: null,
      list: [null, { __typename: 'Shown', n: 2 }],
      level: null,
    })
    assert.doesNotMatch(JSON.stringify(answer), /Hidden|HIGH/)
    assert.equal(hidden.errors?.[0]?.extensions.code, 'GRAPHQL_VALIDATION_FAILED')
  })

  test(`${engine}: federation 1 spellings, with keys of several fields and of nested ones`, async () => {
    const parts = {
      one: {
        typeDefs: `
          type Query { orders: [Order] }
          type Order @key(fields: "id") @key(fields: "shop { code } number") { id: ID! shop: Shop number: Int }
          type Shop { code: String }`,
        resolvers: {
          Query: {
            orders: () => [
              { id: 'a', shop: { code: 'x' }, number: 7 },
              { id: 'b', shop: null, number: 8 },
            ],
          },
        },
      },
      two: {
        typeDefs: `
          extend type Order @key(fields: "shop { code } number") {
            shop: Shop @external number: Int @external
            label: String
          }
          type Shop { code: String }
          extend type Query { fromTwo: Int }`,
        resolvers: {
          Query: { fromTwo: () => 2 },
          Order: {
            __resolveReference: (order: Data) => order,
            label: ({ shop, number }: Data) => `${(shop as Data | null)?.code}-${number}`,
          },
        },
      },
    }

    const answer = await answerOf(parts, '{ orders { id label } fromTwo }', { config })

    assert.deepEqual(answer, {
      data: {
        orders: [
          { id: 'a', label: 'x-7' },
          { id: 'b', label: 'undefined-8' },
        ],
        fromTwo: 2,
      },
    })
  })

  test(`${engine}: mutations run one after the other, each with what follows it`, async () => {
    const done: string[] = []
    const act = (name: string) => async () => {
      await new Promise((resolve) => setTimeout(resolve, name === 'first' ? 30 : 1))
      done.push(name)
      return { id: name }
    }
    const parts = {
      one: {
        typeDefs: `${federation2} type Query { n: Int } type Mutation { first: Done second: Done }
          type Done @key(fields: "id") { id: ID! }`,
        resolvers: { Mutation: { first: act('first'), second: act('second') } },
      },
      two: {
        typeDefs: `${federation2} type Mutation { third: Done fails: Int! }
          type Done @key(fields: "id") { id: ID! after: Int }`,
        resolvers: {
          Mutation: { third: act('third') },
          Done: { __resolveReference: ({ id }: Data) => ({ id, after: done.length }) },
        },
      },
    }

    const query = 'mutation { first { id after } third { id } second { id after } }'
    const answer = await answerOf(parts, query, { config })

    assert.deepEqual(done, ['first', 'third', 'second'])
    assert.deepEqual(answer.data.second, { id: 'second', after: 3 })
  })
}
