import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask, federation2, graphOf, routerOf } from './graph.ts'

const shop = () =>
  graphOf({
    products: {
      typeDefs: `${federation2}
        type Query { products: [Product!]! product(id: ID!): Product }
        type Product @key(fields: "id") { id: ID! name: String! }`,
      resolvers: {
        Product: {
          __resolveReference: ({ id }: { id: string }) => ({
            id,
            name: id === '1' ? 'Mug' : 'Bowl',
          }),
        },
        Query: {
          products: () => [
            { id: '1', name: 'Mug' },
            { id: '2', name: 'Bowl' },
            { id: '1', name: 'Mug' },
          ],
          product: (_: unknown, { id }: { id: string }) => ({ id, name: `No ${id}` }),
        },
      },
    },
    reviews: {
      typeDefs: `${federation2}
        type Product @key(fields: "id") { id: ID! reviews(first: Int = 2): [Review!]! stars: Float! }
        type Review { text: String! product: Product! }`,
      resolvers: {
        Product: {
          __resolveReference: ({ id }: { id: string }) => (id === '404' ? null : { id }),
          reviews: ({ id }: { id: string }, { first }: { first: number }) =>
            Array.from({ length: first }, (_, at) => ({ text: `${id}/${at}`, product: { id } })),
          stars: ({ id }: { id: string }) => {
            if (id === '2') throw new Error('No stars.')
            return 4.5
          },
        },
      },
    },
  })

test('an entity is completed by the subgraph that knows its key, and asked for once', async () => {
  const graph = shop()
  await using router = await routerOf(graph)

  const answer = await ask(
    router,
    '{ products { name reviews(first: 1) { text product { name } } } }',
  )

  const mug = { name: 'Mug', reviews: [{ text: '1/0', product: { name: 'Mug' } }] }
  const bowl = { name: 'Bowl', reviews: [{ text: '2/0', product: { name: 'Bowl' } }] }
  assert.deepEqual(answer, { data: { products: [mug, bowl, mug] } })
  const entities = graph.asked.filter(({ document }) => document.includes('_entities'))
  assert.deepEqual(
    entities.map(({ service, variables }) => [service, variables]),
    [
      [
        'reviews',
        {
          representations: [
            { __typename: 'Product', id: '1' },
            { __typename: 'Product', id: '2' },
          ],
        },
      ],
      [
        'products',
        {
          representations: [
            { __typename: 'Product', id: '1' },
            { __typename: 'Product', id: '2' },
          ],
        },
      ],
    ],
  )
})

test('the error of an entity is told where the entity stands, and its null goes up from there', async () => {
  const graph = shop()
  await using router = await routerOf(graph)

  const answer = await ask(router, '{ product(id: "2") { id stars } all: products { id } }')

  assert.deepEqual(answer.data, { product: null, all: [{ id: '1' }, { id: '2' }, { id: '1' }] })
  assert.deepEqual(answer.errors, [
    {
      message: 'No stars.',
      path: ['product', 'stars'],
      extensions: { code: 'DOWNSTREAM_SERVICE_ERROR', serviceName: 'reviews' },
    },
  ])
})

test('introspection is answered by the router', async () => {
  const graph = shop()
  await using router = await routerOf(graph)

  const answer = await ask(
    router,
    '{ __typename t: __type(name: "Product") { name } __schema { queryType { name fields { name } } } product(id: 7) { __typename id } }',
  )

  assert.deepEqual(answer, {
    data: {
      __typename: 'Query',
      t: { name: 'Product' },
      __schema: {
        queryType: { name: 'Query', fields: [{ name: 'products' }, { name: 'product' }] },
      },
      product: { __typename: 'Product', id: '7' },
    },
  })
})
