import assert from 'node:assert/strict'
import { test } from 'node:test'
import { idOf } from './made-shop.ts'
import { catalogOf, emptyCatalog, noon, staff } from './world.ts'

const whole = /* GraphQL */ `
  query ($filter: ProductFilter, $sort: ProductSort! = NEWEST, $first: Int! = 20, $after: String) {
    products(filter: $filter, sort: $sort, first: $first, after: $after) {
      nodes {
        id slug name description status isFeatured createdAt updatedAt version
        brand { id slug name }
        seller { id slug name country version }
        category { id slug level ancestors { slug } parent { slug children { slug } } productCount }
        categories { slug description version }
        tags { slug name }
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
  assert.deepEqual([forTen.length, forHundred.length], [11, 11])
})

test('a product says all that is known of it', async () => {
  await using shop = await catalogOf(2)

  const { data } = await shop.ask({ query: whole, variables: { filter: { namePrefix: 'MUG' } } })

  const [{ images, image, variants, ...mug }] = data.products.nodes
  assert.deepEqual(mug, {
    id: idOf(5, 0),
    slug: 'mug-0',
    name: 'Mug 0',
    description: 'Mug 0, made by hand.',
    status: 'ACTIVE',
    isFeatured: false,
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: noon.toISOString(),
    version: 1,
    brand: { id: idOf(2, 2), slug: 'werkhof', name: 'Werkhof' },
    seller: { id: idOf(3, 2), slug: 'polder', name: 'Polder', country: 'NL', version: 1 },
    category: {
      id: idOf(1, 2),
      slug: 'mugs',
      level: 2,
      ancestors: [{ slug: 'home' }],
      parent: { slug: 'home', children: [{ slug: 'mugs' }, { slug: 'lamps' }] },
      productCount: 1,
    },
    categories: [{ slug: 'mugs', description: '', version: 1 }],
    tags: [{ slug: 'gift', name: 'gift' }],
    attributes: [
      attribute('height', 'NUMBER', { name: 'Height', value: '5 cm', number: 5, unit: 'cm' }),
      attribute('fragile', 'BOOLEAN', { name: 'Fragile', value: 'true', boolean: true }),
    ],
    priceFrom: { amountMinor: 1000, currency: 'EUR', formatted: '€10.00' },
  })
  assert.deepEqual(variants[1], {
    id: idOf(6, 1),
    sku: 'M-0-1',
    gtin: '4006381333931',
    weightGrams: 300,
    isArchived: false,
    version: 1,
    product: { id: idOf(5, 0) },
    attributes: [{ key: 'colour', value: 'Green' }],
    price: { amountMinor: 1100 },
    compareAtPrice: { amountMinor: 9999 },
  })
  const alts = images.map(({ alt, isPrimary }: Record<string, unknown>) => [alt, isPrimary])
  assert.deepEqual(alts, [
    ['Mug 0, view 0', true],
    ['Mug 0, view 1', false],
  ])
  assert.match(images[0].url, /^http:\/\/files\/drawn\/[\w-]+\.[\w-]{22}\/800\.webp$/)
  assert.match(image.url, /\/160\.jpeg$/)
})

const attribute = (key: string, type: string, said: object) => ({
  key,
  type,
  text: null,
  number: null,
  unit: null,
  boolean: null,
  list: null,
  ...said,
})

const names = /* GraphQL */ `
  query ($filter: ProductFilter, $sort: ProductSort! = NEWEST, $first: Int! = 20, $after: String) {
    products(filter: $filter, sort: $sort, first: $first, after: $after) {
      nodes { name priceFrom { amountMinor } }
      pageInfo { endCursor }
      totalCount
    }
  }
`

for (const sort of ['NEWEST', 'PRICE_ASC', 'PRICE_DESC', 'NAME']) {
  test(`pages by ${sort} hold every product of a category once, in order`, async () => {
    await using shop = await catalogOf(50)
    const seen: { name: string; priceFrom: { amountMinor: number } }[] = []
    let after = null

    do {
      const variables = { filter: { category: 'home' }, sort, first: 7, after }
      const { data } = await shop.ask({ query: names, variables })
      seen.push(...data.products.nodes)
      after = data.products.pageInfo.endCursor
    } while (after)

    const keys = seen.map(({ name, priceFrom }) =>
      sort.startsWith('PRICE') ? priceFrom.amountMinor : sort === 'NAME' ? name : numberIn(name),
    )
    const up = keys.toSorted((a, b) => (a < b ? -1 : Number(a > b)))
    assert.equal(new Set(seen.map(({ name }) => name)).size, 50)
    assert.deepEqual(keys, sort === 'NEWEST' || sort === 'PRICE_DESC' ? up.toReversed() : up)
  })
}

const numberIn = (name: string) => Number(name.split(' ')[1])

for (const [filter, count] of [
  [{}, 50],
  [{ category: 'mugs' }, 25],
  [{ categoryId: idOf(1, 1) }, 50],
  [{ category: 'garden' }, 0],
  [{ category: 'no-such' }, 0],
  [{ categoryId: 'not an id' }, 0],
  [{ brandIds: [idOf(2, 2)] }, 17],
  [{ brandIds: [idOf(2, 1), idOf(2, 2)] }, 50],
  [{ brandIds: ["'; drop table products --"] }, 0],
  [{ sellerId: idOf(3, 2) }, 10],
  [{ tags: ['gift'] }, 13],
  [{ tags: ['gift', 'no-such'] }, 0],
  [{ tags: [] }, 50],
  [{ minPrice: 1500, maxPrice: 1700 }, 10],
  [{ category: 'mugs', minPrice: 1500 }, 12],
  [{ attributes: [{ key: 'fragile', values: ['true'] }] }, 25],
  [{ attributes: [{ key: 'colour', values: ['RED'] }] }, 50],
  [{ attributes: [{ key: 'height', values: ['5', '6'] }] }, 26],
  [{ category: 'lamps', attributes: [{ key: 'height', values: ['6'] }] }, 13],
  [{ namePrefix: 'lamp 1' }, 6],
  [{ namePrefix: '%' }, 0],
] as const) {
  test(`${JSON.stringify(filter)} leaves ${count} of 50`, async () => {
    await using shop = await catalogOf(50)

    const { data, faults } = await shop.ask({ query: names, variables: { filter, first: 100 } })

    assert.deepEqual([data.products.nodes.length, data.products.totalCount], [count, count])
    assert.deepEqual(faults, [])
  })
}

for (const [variables, code] of [
  [{ first: 0 }, 'BAD_USER_INPUT'],
  [{ first: 101 }, 'BAD_USER_INPUT'],
  [{ after: 'forged' }, 'INVALID_CURSOR'],
  [{ filter: { namePrefix: 'x'.repeat(101) } }, 'BAD_USER_INPUT'],
  [{ filter: { namePrefix: 'a\0b' } }, 'BAD_USER_INPUT'],
  [{ filter: { tags: Array(51).fill('a') } }, 'BAD_USER_INPUT'],
  [{ filter: { status: 'DRAFT' } }, 'FORBIDDEN'],
] as const) {
  test(`a list with ${JSON.stringify(variables).slice(0, 50)} is refused as ${code}`, async () => {
    await using shop = await emptyCatalog()

    const { codes, faults } = await shop.ask({ query: names, variables })

    assert.deepEqual([codes, faults], [[code], []])
  })
}

test('a cursor of one order is refused in another', async () => {
  await using shop = await catalogOf(3)
  const { data } = await shop.ask({ query: names, variables: { sort: 'NAME', first: 1 } })

  const after = data.products.pageInfo.endCursor
  const { codes } = await shop.ask({ query: names, variables: { sort: 'NEWEST', after } })

  assert.deepEqual(codes, ['INVALID_CURSOR'])
})

test('staff list drafts, and an empty shop has none', async () => {
  await using shop = await emptyCatalog()

  const variables = { filter: { status: 'DRAFT' } }
  const { data } = await shop.ask({ as: staff, query: names, variables })

  assert.deepEqual(data.products, { nodes: [], pageInfo: { endCursor: null }, totalCount: 0 })
})
