import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { exportFile, type FeedFormat, importFile } from '../feed.ts'
import { type Catalog, catalogOf, emptyCatalog } from './world.ts'

async function read(shop: Catalog, format: FeedFormat, text: string | Buffer) {
  const file = path.join(shop.folder, 'feed')
  await writeFile(file, text)
  const rejected: string[] = []
  const place = { databaseUrl: shop.database.url, standing: shop.standing }
  const imported = await importFile(
    place,
    { file, format },
    { told: () => {}, rejected: ({ line, reason }) => rejected.push(`${line}: ${reason}`) },
  )
  return { ...imported, rejected }
}

async function written(shop: Catalog, format: 'csv' | 'jsonl'): Promise<string> {
  const file = path.join(shop.folder, 'export')
  const place = { databaseUrl: shop.database.url, standing: shop.standing }
  await exportFile(place, { file, format }, () => {})
  return await readFile(file, 'utf8')
}

const eur = (amountMinor: number) => ({ amountMinor, currency: 'EUR' })
const mug = { name: 'Mug', variants: [{ sku: 'MUG-1', price: eur(1290) }] }

/** With everything that a cell could trip over. */
const odd = {
  name: '=1+1 "quoted", with a comma',
  description: 'Two\nlines; a tab\t, a quote " and an emoji 🪑.',
  status: 'DRAFT',
  isFeatured: true,
  brand: "-Häfen & Söhne'",
  seller: 'Polder | Co',
  categories: [['Home > away', 'Mugs|Cups', 'back\\slash'], ['Gifts']],
  tags: ['new in', '@home'],
  attributes: [
    { key: 'height', name: 'Height', number: 9.5, unit: 'cm' },
    { key: 'fragile', boolean: false },
    { key: 'colours', list: ['red', 'blue, or green'] },
  ],
  createdAt: '2025-02-03T04:05:06.789Z',
  variants: [
    { sku: 'ODD-1', price: { amountMinor: 1290, currency: 'JPY' }, gtin: '4006381333931' },
    {
      sku: 'ODD-2',
      price: { amountMinor: 0, currency: 'JPY' },
      compareAtPrice: { amountMinor: 5, currency: 'JPY' },
      weightGrams: 0,
      attributes: [{ key: 'size', text: "'=XL" }],
    },
  ],
  images: [{ alt: '+1', drawing: { kind: 'tile', name: 'x' } }],
}

const lines = (...records: object[]) => records.map((each) => JSON.stringify(each)).join('\n')

for (const format of ['csv', 'jsonl'] as const) {
  test(`an export as ${format}, read back into an empty shop, is exported the same`, async () => {
    await using shop = await catalogOf(12)
    await using empty = await emptyCatalog()
    await read(shop, 'jsonl', lines(mug, odd))
    const before = await written(shop, format)

    const { rejected, written: count } = await read(empty, format, before)

    assert.deepEqual([rejected, count], [[], 14])
    assert.equal(await written(empty, format), before)
    assert.equal(await written(empty, 'jsonl'), await written(shop, 'jsonl'))
  })
}

test('an import that is repeated changes nothing, and tells nothing', async () => {
  await using shop = await emptyCatalog()
  const first = await read(shop, 'jsonl', lines(mug, odd))

  const again = await read(shop, 'jsonl', gzipSync(lines(mug, odd)))

  assert.deepEqual([first.written, again.read, again.written], [2, 2, 0])
  assert.deepEqual(await shop.told(), ['catalog.product-changed', 'catalog.product-changed'])
})

test('a product is known again by its SKU, and its price is told', async () => {
  await using shop = await emptyCatalog()
  await read(shop, 'jsonl', lines(mug))

  const dearer = { ...mug, name: 'Big Mug', variants: [{ sku: 'MUG-1', price: eur(1500) }] }
  const { written: count } = await read(shop, 'jsonl', lines(dearer))

  const { data } = await shop.ask({
    query:
      '{ product(sku: "MUG-1") { name slug version priceFrom { amountMinor } images { alt } } }',
  })
  assert.equal(count, 1)
  assert.deepEqual(data.product, {
    name: 'Big Mug',
    slug: 'mug',
    version: 2,
    priceFrom: { amountMinor: 1500 },
    images: [{ alt: 'Mug' }],
  })
  assert.equal((await shop.told()).at(-1), 'catalog.variant-price-changed')
})

test('the same SKU twice in a file is one product, as the second has it', async () => {
  await using shop = await emptyCatalog()

  const { rejected } = await read(shop, 'jsonl', lines(mug, { ...mug, name: 'Second' }))

  const { data } = await shop.ask({ query: '{ products { nodes { name } } }' })
  assert.deepEqual([rejected, data.products.nodes], [[], [{ name: 'Second' }]])
})

test('rows that are refused are told with line and reason, and the others are read', async () => {
  await using shop = await emptyCatalog()
  const file = [
    JSON.stringify(mug),
    '',
    '{"name": "half',
    '[]',
    JSON.stringify({ ...mug, variants: [] }),
    JSON.stringify({
      ...mug,
      variants: [{ sku: 'X', price: { amountMinor: 1.5, currency: 'EUR' } }],
    }),
    JSON.stringify({ name: 'a\0b', variants: [{ sku: 'Y', price: eur(1) }] }),
    `{"name": "${'x'.repeat(2 ** 20)}"}`,
    JSON.stringify({ name: 'Last', variants: [{ sku: 'LAST', price: eur(1) }] }),
  ].join('\n')

  const { rejected, read: count } = await read(shop, 'jsonl', file)

  assert.deepEqual(
    rejected.map((each) => each.replace(/(: \w[^:]*:).*/, '$1')),
    [
      '3: This is no JSON.',
      '4: the record:',
      '5: variants:',
      '6: variants.0.price.amountMinor:',
      '7: A text here has 1 to 300 characters.',
      '8: The line is longer than a megabyte.',
    ],
  )
  assert.equal(count, 2)
})

test('a CSV needs no more than name, SKU and price, and says which row is none', async () => {
  await using shop = await emptyCatalog()
  const csv = [
    '\ufeffname,sku,price,product,currency,variant_attributes',
    'Mug,MUG-1,12.90,mug,EUR,"[{""key"":""colour"",""text"":""Red""}]"',
    'Mug,MUG-2,13,mug,EUR,',
    'Lamp,LAMP-1,twelve,,EUR,',
    'Chair,"CH"AIR,1,,EUR,',
    'Table,TABLE-1,99,,XXX9,',
    'Too,few',
    'Jar,JAR-1,5,,,',
  ].join('\r\n')

  const { rejected } = await read(shop, 'csv', csv)

  const query = '{ products(sort: NAME) { nodes { name variants { sku price { formatted } } } } }'
  const { data } = await shop.ask({ query })
  assert.deepEqual(data.products.nodes, [
    { name: 'Jar', variants: [{ sku: 'JAR-1', price: { formatted: '€5.00' } }] },
    {
      name: 'Mug',
      variants: [
        { sku: 'MUG-1', price: { formatted: '€12.90' } },
        { sku: 'MUG-2', price: { formatted: '€13.00' } },
      ],
    },
  ])
  assert.deepEqual(
    rejected.map((each) => each.split(':')[0]),
    ['4', '5', '6', '7'],
  )
})

test('a CSV with a strange header is refused whole', async () => {
  await using shop = await emptyCatalog()

  await assert.rejects(
    read(shop, 'csv', 'name,sku,cost\nMug,MUG-1,1\n'),
    /Unknown: cost.*Missing: price/,
  )

  assert.deepEqual(await shop.database.run('select from products'), [])
})

test('an empty file is an empty import', async () => {
  await using shop = await emptyCatalog()

  for (const format of ['csv', 'jsonl', 'icecat'] as const) {
    const { read: count, rejected } = await read(shop, format, '')
    assert.deepEqual([count, rejected], [0, []])
  }
})

test('an import that ended goes on behind what it wrote, and ends equal', async () => {
  await using shop = await emptyCatalog()
  await using other = await emptyCatalog()
  const records = Array.from({ length: 1200 }, (_, index) => ({
    name: `Mug ${index}`,
    categories: [['Home', `Shelf ${index % 7}`]],
    variants: [{ sku: `MUG-${index}`, price: eur(index) }],
  }))
  const file = lines(...records)
  await shop.database.run(
    `create function fail() returns trigger language plpgsql as $$ begin
       if new.slug = 'mug-1100' then raise 'killed'; end if; return new; end $$`,
  )
  await shop.database.run(
    'create trigger fail before insert on products for each row execute function fail()',
  )

  await assert.rejects(read(shop, 'jsonl', file), /killed/)
  await shop.database.run('drop trigger fail on products')
  const resumed = await read(shop, 'jsonl', file)
  await read(other, 'jsonl', file)

  assert.deepEqual([resumed.resumedAfterLine, resumed.written], [1000, 200])
  assert.equal(await written(shop, 'jsonl'), await written(other, 'jsonl'))
})
