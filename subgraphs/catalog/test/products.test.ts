import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fillCatalog } from '../bulk.ts'
import { idOf, madeShop } from './made-shop.ts'
import { emptyCatalog, noon } from './world.ts'

async function catalogOf(count: number) {
  const shop = await emptyCatalog()
  const filling = { databaseUrl: shop.database.url, currency: 'EUR' }
  await fillCatalog(madeShop(count), filling, shop.standing)
  shop.statements.length = 0
  return shop
}

const whole = /* GraphQL */ `
  query ($filter: ProductFilter, $sort: ProductSort! = NEWEST, $first: Int! = 20, $after: String) {
    products(filter: $filter, sort: $sort, first: $first, after: $after) {
      nodes {
        id slug name description status isFeatured createdAt updatedAt version
        brand { id slug name }
        seller { id slug name country version }
        category { id slug level ancestors { slug } parent { slug children { slug } } productCount }
        categories { slug description version }
        tags { id slug name }
        attributes { key name type value text number unit boolean list }
        priceFrom { amountMinor currency formatted }
        variants {
          id sku gtin weightGrams isArchived version product { id }
          attributes { key value } price { amountMinor } compareAtPrice { amountMinor }
        }
        images { id alt isPrimary url product { id } }
        image { id url(width: 100, format: JPEG) }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`

test('a page of products costs as many statements with 10 as with 100', async () => {
  await using shop = await catalogOf(120)

  const ten = await shop.ask({ query: whole, variables: { first: 10 } })
  const forTen = shop.statements.splice(0)
  const hundred = await shop.ask({ query: whole, variables: { first: 100 } })
  const forHundred = shop.statements.splice(0)

  assert.deepEqual([ten.faults, hundred.faults], [[], []])
  assert.deepEqual([ten.data.products.nodes.length, hundred.data.products.nodes.length], [10, 100])
  assert.deepEqual([forTen.length, forHundred.length], [13, 13])
})

test('a product says all that is known of it', async () => {
  await using shop = await catalogOf(2)

  const { data } = await shop.ask({ query: whole, variables: { filter: { namePrefix: 'mug' } } })

  const [mug] = data.products.nodes
  assert.deepEqual({ ...mug, images: mug.images.length, image: '', variants: mug.variants[1] }, {})
})
