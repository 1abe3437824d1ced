import assert from 'node:assert/strict'
import { test } from 'node:test'
import { act } from './acts.ts'
import { idOf, madeShop } from './made-shop.ts'
import { type Catalog, catalogOf } from './world.ts'

type Made =
  ReturnType<ReturnType<typeof madeShop>['products']> extends Iterable<infer P> ? P : never

/** What each filter leaves, said once for the shop and once for the list that is checked. */
const filters: readonly (readonly [filter: object, leaves: (product: Made) => boolean])[] = [
  [
    { attributes: [{ key: 'height', values: ['5', '8'] }] },
    (one) => [5, 8].includes(heightOf(one)),
  ],
  [{ tags: ['gift'] }, ({ tags }) => tags.includes('gift')],
  [
    { brandIds: [idOf(2, 1), idOf(2, 2)], tags: ['gift'], minPrice: 1500 },
    (one) => one.tags.includes('gift') && priceOf(one) >= 1500,
  ],
  [
    { category: 'mugs', attributes: [{ key: 'height', values: ['7', '5'] }], namePrefix: 'mug 1' },
    ({ name }) => name.startsWith('Mug 1'),
  ],
  // Nothing has both, so a walk of either ends without a page.
  [{ category: 'mugs', attributes: [{ key: 'height', values: ['6', '8'] }] }, () => false],
  [
    { attributes: [{ key: 'colour', values: ['red', 'blue'] }], maxPrice: 1010 },
    (one) => priceOf(one) <= 1010,
  ],
  [{ category: 'lamps', maxPrice: 1020 }, (one) => !isMug(one) && priceOf(one) <= 1020],
  [
    { namePrefix: 'lamp 69', minPrice: 1100 },
    (one) => /^Lamp 69/.test(one.name) && priceOf(one) >= 1100,
  ],
]

const heightOf = ({ attributes }: Made) =>
  Number(attributes.find(({ key }) => key === 'height')?.value)
const priceOf = ({ variants }: Made) => Math.min(...variants.map(({ amountMinor }) => amountMinor))
const isMug = ({ name }: Made) => name.startsWith('Mug')

const sorts = {
  NEWEST: (one: Made) => -one.createdAt.getTime(),
  PRICE_ASC: priceOf,
  PRICE_DESC: (one: Made) => -priceOf(one),
  NAME: ({ name }: Made) => name.toLowerCase(),
} as const

const query = /* GraphQL */ `
  query ($filter: ProductFilter, $sort: ProductSort!, $after: String) {
    products(filter: $filter, sort: $sort, first: 60, after: $after) {
      nodes { id }
      pageInfo { endCursor hasNextPage }
      totalCount
    }
  }
`

async function listOf(shop: Catalog, filter: object, sort: string) {
  const ids: string[] = []
  let after = null
  for (;;) {
    const { data } = await shop.ask({ query, variables: { filter, sort, after } })
    ids.push(...data.products.nodes.map(({ id }: { id: string }) => id))
    if (!data.products.pageInfo.hasNextPage) return { ids, totalCount: data.products.totalCount }
    after = data.products.pageInfo.endCursor
  }
}

/** Twice as many as a walk looks at, so that some lists are walked and some fetched. */
const many = 1000

test('every list is whole and in order, whether it was walked or fetched', async () => {
  await using shop = await catalogOf(many)
  const products = [...madeShop(many).products()] as Made[]

  for (const [filter, leaves] of filters) {
    for (const [sort, keyOf] of Object.entries(sorts)) {
      const { ids, totalCount } = await listOf(shop, filter, sort)
      const expected = products.filter(leaves)
      const keys = new Map(expected.map((one) => [one.id, keyOf(one)]))
      const seen = ids.map((id) => keys.get(id))
      const what = `${JSON.stringify(filter)} by ${sort}`
      assert.deepEqual(ids.toSorted(), expected.map(({ id }) => id).toSorted(), what)
      assert.deepEqual(seen, [...keys.values()].toSorted(rising), what)
      assert.equal(totalCount, expected.length, what)
    }
  }
})

const rising = (a: number | string, b: number | string) => (a < b ? -1 : Number(a > b))

test('a term lists what is on sale with it, through every change of a product', async () => {
  await using shop = await catalogOf(30)
  const differing = () =>
    shop.database.run(`
      with terms as (
        select hashtextextended(term, 0) as term, product_id, created_at, amount_minor, name_key
        from listings, unnest(terms) as each(term) where status = 'ACTIVE'
      )
      (select * from terms except all select * from term_listings)
      union all (select * from term_listings except all select * from terms)`)

  await act(shop, 'archiveProduct', { productId: idOf(5, 0) })
  await act(shop, 'updateProduct', { productId: idOf(5, 1), name: 'Another', expectedVersion: 1 })
  await act(shop, 'updateVariant', {
    ...{ variantId: idOf(6, 6), expectedVersion: 1 },
    price: { amountMinor: 1, currency: 'EUR' },
  })

  assert.deepEqual(await differing(), [])
  const [{ count } = {}] = await shop.database.run('select count(*) from term_listings')
  assert.ok(Number(count) > 29 * 8)
})
