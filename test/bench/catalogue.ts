import { randomFrom } from '@shop/kit/learn/random'
import type { Victims } from '../crash/shop.ts'
import { Client } from '../journey/sale.ts'
import { benchReading } from './reading.ts'

/** Pages of a department as a storefront shows them: filtered, sorted, with prices, stock and pictures. */
const page = /* GraphQL */ `
  query Page($filter: ProductFilter, $sort: ProductSort! = NEWEST, $first: Int!) {
    products(filter: $filter, sort: $sort, first: $first) {
      totalCount
      nodes {
        id name slug brand { name } priceFrom { formatted }
        image { alt url(width: 400) }
        variants { id sku available price { amountMinor currency } }
      }
      pageInfo { endCursor hasNextPage }
    }
  }
`
const product = /* GraphQL */ `
  query Product($slug: String!) {
    product(slug: $slug) {
      id name description attributes { name value } category { name ancestors { name } }
      variants { id sku available price { formatted } attributes { key value } }
      images { alt url(width: 800) }
    }
  }
`

const sorts = ['NEWEST', 'PRICE_ASC', 'PRICE_DESC', 'NAME'] as const

const colours = [{ key: 'colour', values: ['blush', 'clay'] }]
const narrowed = [{}, { attributes: colours }, { minPrice: 2000, maxPrice: 6000 }] as const

await benchReading({
  name: 'catalogue',
  async questions(shop) {
    const { categories, slugs } = await shelvesOf(shop)
    // An address each, as shoppers have: one alone may not ask so much.
    const client = (turn: number) => new Client(shop.url, `198.51.100.${turn % 250}`)
    const pageOf = (first: number) => (turn: number) => {
      const random = randomFrom(turn)
      const categoryId = categories[random.below(categories.length)]
      const filter = { categoryId, ...narrowed[random.below(narrowed.length)] }
      const sort = sorts[random.below(sorts.length)]
      return { client: client(turn), query: page, variables: { filter, sort, first } }
    }
    return {
      'page of 20': pageOf(20),
      'page of 100': pageOf(100),
      product: (turn) => ({
        client: client(turn),
        query: product,
        variables: { slug: slugs[turn % slugs.length] },
      }),
    }
  },
})

async function shelvesOf(shop: Victims) {
  const column = async (statement: string) =>
    (await shop.query('ecommerce', statement)).map((row) => String(Object.values(row)[0]))
  return {
    categories: await column('select id from catalog.categories order by id'),
    slugs: await column(
      `select slug from catalog.products where status = 'ACTIVE' order by id limit 500`,
    ),
  }
}
