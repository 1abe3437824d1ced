import assert from 'node:assert/strict'
import { test } from 'node:test'
import { act } from './acts.ts'
import { idOf } from './made-shop.ts'
import { type Catalog, catalogOf } from './world.ts'

const query = /* GraphQL */ `
  query ($filter: ProductFilter) {
    productFacets(filter: $filter) {
      products isExact countedAt
      categories { category { slug } count }
      brands { brand { slug } count }
      tags { tag { slug } count }
      attributes { key values { value count } }
    }
  }
`
const facets = async (shop: Catalog, filter: object = {}) =>
  (await shop.ask({ query, variables: { filter } })).data.productFacets

test('facets count what a filter leaves, by category, brand, tag and attribute', async () => {
  await using shop = await catalogOf(40)

  const mugs = await facets(shop, { category: 'mugs' })

  assert.deepEqual(mugs, {
    products: 20,
    isExact: true,
    countedAt: null,
    categories: [
      { category: { slug: 'home' }, count: 20 },
      { category: { slug: 'mugs' }, count: 20 },
    ],
    brands: [
      { brand: { slug: 'hafen' }, count: 13 },
      { brand: { slug: 'werkhof' }, count: 7 },
    ],
    tags: [{ tag: { slug: 'gift' }, count: 10 }],
    attributes: [
      {
        key: 'colour',
        values: ['blue', 'green', 'red'].map((value) => ({ value, count: 20 })),
      },
      { key: 'fragile', values: [{ value: 'true', count: 20 }] },
      {
        key: 'height',
        values: [
          { value: '5', count: 10 },
          { value: '7', count: 10 },
        ],
      },
    ],
  })
})

test('facets cost as many statements with two brands and categories as with more', async () => {
  await using shop = await catalogOf(40)

  await facets(shop, { tags: ['gift'] })
  const few = shop.statements.splice(0).length
  await facets(shop)

  assert.ok(few >= shop.statements.length)
  assert.ok(shop.statements.length <= 5)
})

test('of what a value of a facet counts, so many are listed by it', async () => {
  await using shop = await catalogOf(40)
  const { attributes } = await facets(shop)
  const found: unknown[] = []

  for (const { key, values } of attributes) {
    for (const { value, count } of values) {
      const filter = { attributes: [{ key, values: [value] }] }
      const { data } = await shop.ask({
        query: 'query ($filter: ProductFilter) { products(filter: $filter) { totalCount } }',
        variables: { filter },
      })
      found.push([key, value, count, data.products.totalCount])
      assert.equal(data.products.totalCount, count)
    }
  }

  assert.equal(found.length, 9)
})

test('what is too large to be counted live is counted by the job, once for a change', async () => {
  await using shop = await catalogOf(1100)
  const [job] = shop.subgraph.jobs
  const sampled = await facets(shop)

  await job?.run({})
  shop.statements.length = 0
  await job?.run({})
  const forNothing = shop.statements.length
  const counted = await facets(shop)
  const small = await facets(shop, { category: 'mugs' })

  assert.deepEqual([sampled.products, sampled.isExact], [1001, false])
  assert.deepEqual([counted.products, counted.isExact], [1100, false])
  assert.equal(counted.countedAt, '2026-03-01T12:00:00.000Z')
  assert.deepEqual(counted.tags, [{ tag: { slug: 'gift' }, count: 275 }])
  assert.deepEqual([small.products, small.isExact], [550, true])
  assert.ok(forNothing > 0)
  await act(shop, 'archiveProduct', { productId: idOf(5, 0) })
  await job?.run({})
  assert.equal((await facets(shop)).products, 1099)
})
