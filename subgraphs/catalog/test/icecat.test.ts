import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { importFile } from '../feed.ts'
import { emptyCatalog } from './world.ts'

/** Made up, in the form of the real file. */
const cartridge = {
  id: '1234567',
  name: 'X-1',
  title: 'Acme X-1 toner cartridge',
  ean: ['0000000000001', '4006381333931'],
  short_description: 'Toner.',
  img_high: 'http://images.example/x.jpg',
  date_released: '2009-12-10T00:00:00Z',
  supplier: 'Acme',
  price: 4995,
  attr_t_type: 'Original',
  attr_n_type: 3,
  attr_n_page_yield__typical_: 23000,
  attr_b_wi_fi: false,
  attr_t_empty: '',
}
const notebook = {
  ...cartridge,
  id: '1234568',
  title: 'Acme',
  attr_t_product_type: 'Notebook',
  ean: [],
}

test('a product of Icecat keeps its attributes, and its category is its type or its supplier', async () => {
  await using shop = await emptyCatalog()
  const file = path.join(shop.folder, 'icecat.jsonl')
  await writeFile(
    file,
    [cartridge, notebook, { ...notebook, id: 'x' }].map((each) => JSON.stringify(each)).join('\n'),
  )
  const rejected: number[] = []
  const place = { databaseUrl: shop.database.url, standing: shop.standing }
  const hearing = { told: () => {}, rejected: ({ line }: { line: number }) => rejected.push(line) }

  await importFile(place, { file, format: 'icecat' }, hearing)

  const query = /* GraphQL */ `
    query ($sku: String) {
      product(sku: $sku) {
        slug name description createdAt brand { name } category { name ancestors { name } }
        attributes { key value }
        variants { sku gtin price { formatted } }
      }
    }
  `
  const { data } = await shop.ask({ query, variables: { sku: 'ICECAT-1234567' } })
  const other = await shop.ask({ query, variables: { sku: 'ICECAT-1234568' } })
  assert.deepEqual(data.product, {
    slug: 'acme-x-1-toner-cartridge-1234567',
    name: 'Acme X-1 toner cartridge',
    description: 'Toner.',
    createdAt: '2009-12-10T00:00:00.000Z',
    brand: { name: 'Acme' },
    category: { name: 'Acme', ancestors: [{ name: 'Suppliers' }] },
    attributes: [
      { key: 'type', value: 'Original' },
      { key: 'page_yield__typical_', value: '23000' },
      { key: 'wi_fi', value: 'false' },
    ],
    variants: [{ sku: 'ICECAT-1234567', gtin: '4006381333931', price: { formatted: '$49.95' } }],
  })
  assert.deepEqual(other.data.product.category, {
    name: 'Notebook',
    ancestors: [{ name: 'Product types' }],
  })
  assert.deepEqual(rejected, [3])
})
