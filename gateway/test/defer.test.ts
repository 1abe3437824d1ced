import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type FieldNode, print, visit } from 'graphql'
import { roadWith } from '../road.ts'
import { openRouter } from '../router.ts'
import { ask, graphOf, routerOf } from './graph.ts'
import { partsOf, wholeOf } from './parts-client.ts'

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])`

/** Products of one subgraph whose reviews, in another, are held until somebody lets them go. */
async function slowReviews(reviews: unknown = [{ text: 'Good.' }, { text: 'Bad.' }]) {
  const gate = Promise.withResolvers<void>()
  const graph = graphOf({
    catalog: {
      typeDefs: `${link}
        type Query { product: Product products: [Product!]! nobody: Product }
        type Mutation { rename: Product }
        type Product @key(fields: "id") { id: ID! name: String! }`,
      resolvers: {
        Query: {
          product: () => ({ id: 1, name: 'Mug' }),
          products: () => [1, 2].map((id) => ({ id, name: `Mug ${id}` })),
          nobody: () => null,
        },
        Mutation: { rename: () => ({ id: 3, name: 'Cup' }) },
      },
    },
    reviews: {
      typeDefs: `${link}
        type Product @key(fields: "id") { id: ID! reviews: [Review!]! stars: Int }
        type Review { text: String! secret: Int }`,
      resolvers: {
        Product: {
          __resolveReference: async ({ id }: { id: string }) => {
            await gate.promise
            return { id }
          },
          reviews: () => reviews,
          stars: ({ id }: { id: string }) => Number(id),
        },
      },
    },
  })
  const router = await routerOf(graph, { development: false })
  return { router, graph, letGo: gate.resolve }
}

test('what is there comes at once, and what is slow when it is there', async () => {
  const { router, letGo } = await slowReviews()
  await using _ = router
  const query = `{ product { name ...R @defer(label: "reviews") } nobody { ...R @defer } }
    fragment R on Product { id reviews { text } }`

  const parts = partsOf(router, query)
  const { value: first } = await parts.next()
  letGo()
  const later = []
  for await (const part of parts) later.push(part)

  assert.deepEqual(first, { data: { product: { name: 'Mug' }, nobody: null }, hasNext: true })
  assert.deepEqual(
    later.flatMap(({ incremental = [] }) => incremental),
    [
      {
        data: { id: '1', reviews: [{ text: 'Good.' }, { text: 'Bad.' }] },
        path: ['product'],
        label: 'reviews',
      },
    ],
  )
  assert.deepEqual(later.at(-1).hasNext, false)
})

test('each element of a list is told of by its place, and no subgraph is asked twice', async () => {
  const { router, letGo, graph } = await slowReviews()
  await using _ = router
  letGo()

  const parts = []
  for await (const part of partsOf(router, '{ products { id ... @defer { stars } } }')) {
    parts.push(part)
  }

  assert.deepEqual(parts, [
    { data: { products: [{ id: '1' }, { id: '2' }] }, hasNext: true },
    {
      incremental: [
        { data: { stars: 1 }, path: ['products', 0] },
        { data: { stars: 2 }, path: ['products', 1] },
      ],
      hasNext: false,
    },
  ])
  assert.deepEqual(
    graph.asked.map(({ service }) => service),
    ['catalog', 'reviews'],
  )
})

test('a part in a part is told after it, and a mutation is done before anything is told', async () => {
  const { router, letGo } = await slowReviews()
  await using _ = router
  letGo()
  const query = `mutation { rename { ... @defer(label: "outer") { name ... @defer(label: "inner") { stars } } } }`

  const parts = []
  for await (const part of partsOf(router, query)) parts.push(part)

  assert.deepEqual(parts, [
    { data: { rename: {} }, hasNext: true },
    { incremental: [{ data: { name: 'Cup' }, path: ['rename'], label: 'outer' }], hasNext: true },
    { incremental: [{ data: { stars: 3 }, path: ['rename'], label: 'inner' }], hasNext: false },
  ])
})

test('a null where none may be goes up to the part, and its error is told with it', async () => {
  const { router, letGo } = await slowReviews([{ text: null }])
  await using _ = router
  letGo()

  const parts = []
  const query = '{ product { name ... @defer { reviews { text } } } }'
  for await (const part of partsOf(router, query)) parts.push(part)

  const [first, { incremental, hasNext }] = parts
  assert.deepEqual(first, { data: { product: { name: 'Mug' } }, hasNext: true })
  assert.deepEqual(
    [incremental.length, incremental[0].data, incremental[0].path, hasNext],
    [1, null, ['product'], false],
  )
  assert.deepEqual(incremental[0].errors[0].path, ['product', 'reviews', 0, 'text'])
})

test('who does not take parts is answered whole, and so is what is not deferred after all', async () => {
  const { router, letGo } = await slowReviews()
  await using _ = router
  letGo()
  const query = `query ($later: Boolean!) { product { name ... @defer(if: $later) { stars } } }`
  const whole = { data: { product: { name: 'Mug', stars: 1 } } }

  const plain = await ask(router, query, { later: true })
  const off = await wholeOf(partsOf(router, query, { later: false }))
  const inTime = await wholeOf(partsOf(router, '{ product { ... @defer { name } } }'))

  assert.deepEqual(plain, whole)
  assert.deepEqual(off, { ...whole, count: 1 })
  assert.deepEqual(inTime, { data: { product: { name: 'Mug' } }, count: 1 })
})

test('what is not for who asks is told of in its part, and asked of nobody', async () => {
  const { router: open, graph, letGo } = await slowReviews()
  await using _ = open
  letGo()
  await using router = await openRouter({
    supergraph: graph.supergraph,
    link: graph.link,
    config: { port: 0 },
    steps: roadWith({ policy: withoutSecrets }),
  })

  const parts = []
  const query = '{ product { id ... @defer { reviews { text secret } } } }'
  for await (const part of partsOf(router, query)) parts.push(part)

  const [{ data, errors }] = parts[1].incremental
  const denied = { message: 'Sign in first.', extensions: { code: 'UNAUTHENTICATED' } }
  assert.deepEqual(data.reviews[0], { text: 'Good.', secret: null })
  assert.deepEqual(
    errors.map(({ path, extensions }: typeof denied & { path: string[] }) => [path, extensions]),
    [0, 1].map((at) => [['product', 'reviews', at, 'secret'], denied.extensions]),
  )
  assert.equal(JSON.stringify(graph.asked).includes('secret'), false)
})

/** As the step of a shop that has rules would leave a document. */
const withoutSecrets: NonNullable<Parameters<typeof roadWith>[0]['policy']> = (request) => {
  const { document } = request
  if (!document) return
  const denied = new Set<FieldNode>()
  const node = visit(document.node, {
    Field(field) {
      if (field.name.value !== 'secret') return undefined
      denied.add(field)
      return null
    },
  })
  const asked = { node, text: print(node) }
  request.document = { ...document, key: `${document.key}\0narrowed`, asked, denied }
}
