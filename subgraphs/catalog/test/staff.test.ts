import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emptyCatalog, staff } from './world.ts'

const create = /* GraphQL */ `
  mutation ($input: CreateProductInput!) {
    createProduct(input: $input) { product { id slug version status variants { id sku version } } }
  }
`
const mug = {
  idempotencyKey: 'mug',
  name: 'Blue Mug',
  status: 'ACTIVE',
  attributes: [{ key: 'height', number: 9, unit: 'cm' }],
  variants: [{ sku: 'MUG-1', price: { amountMinor: 1290, currency: 'EUR' } }],
}

async function withMug() {
  const shop = await emptyCatalog()
  const { data } = await shop.ask({ as: staff, query: create, variables: { input: mug } })
  return { ...shop, mug: data.createProduct.product }
}

test('staff put a product on sale, and it is told once', async () => {
  await using shop = await withMug()

  const again = await shop.ask({ as: staff, query: create, variables: { input: mug } })

  assert.deepEqual(again.data.createProduct.product, shop.mug)
  assert.deepEqual(await shop.events(), [
    {
      name: 'catalog.product-changed',
      aggregate_id: shop.mug.id,
      data: { productId: shop.mug.id, version: 1, status: 'ACTIVE' },
    },
  ])
})
