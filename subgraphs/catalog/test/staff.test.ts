import assert from 'node:assert/strict'
import { test } from 'node:test'
import { act, fieldsOf, withMug } from './acts.ts'
import { idOf } from './made-shop.ts'
import { catalogOf, emptyCatalog } from './world.ts'

test('staff put a product on sale, and a repeat is the same product, told once', async () => {
  await using shop = await withMug()

  const again = await act(shop, 'createProduct', { ...shop.input, idempotencyKey: 'mug' })

  assert.equal(again.data.createProduct.product.id, shop.mug.id)
  assert.deepEqual(await shop.told(), ['catalog.product-changed'])
  assert.deepEqual((await fieldsOf(shop, shop.mug.id, 'name slug status')).slug, 'blue-mug')
})

test('an edit names the version it was made on, and the second of two is refused', async () => {
  await using shop = await withMug({ at: 'select "id", "seller_id"', of: 2 })
  const { id: productId } = shop.mug

  const edits = ['One', 'Two'].map((name) =>
    act(shop, 'updateProduct', { idempotencyKey: name, productId, expectedVersion: 1, name }),
  )
  const codes = (await Promise.all(edits)).map((answer) => answer.codes)

  assert.deepEqual(codes.flat(), ['STALE_VERSION'])
  assert.equal((await fieldsOf(shop, productId, 'version')).version, 2)
})

test('a price that changes is told with what it was', async () => {
  await using shop = await withMug()
  const [variant] = shop.mug.variants
  const price = { amountMinor: 990, currency: 'EUR' }

  await act(shop, 'updateVariant', { variantId: variant.id, expectedVersion: 1, price })

  const [told] = await shop.database.run(
    "select data from outbox where name = 'catalog.variant-price-changed'",
  )
  assert.deepEqual(told?.data, {
    productId: shop.mug.id,
    variantId: variant.id,
    amountMinor: 990,
    wasMinor: 1290,
    currency: 'EUR',
  })
  const { priceFrom } = await fieldsOf(shop, shop.mug.id, 'priceFrom { amountMinor }')
  assert.deepEqual(priceFrom, { amountMinor: 990 })
})

test('what is archived is no longer listed, and still found by its id', async () => {
  await using shop = await withMug()
  const listed = '{ products { nodes { id } } }'

  const { codes } = await act(shop, 'deleteProduct', { productId: shop.mug.id })

  const { data } = await shop.ask({ query: listed })
  assert.deepEqual([codes, data.products.nodes], [[], []])
  assert.equal((await fieldsOf(shop, shop.mug.id, 'status')).status, 'ARCHIVED')
  assert.deepEqual((await shop.told()).toSorted(), [
    'catalog.product-archived',
    'catalog.product-changed',
    'catalog.product-changed',
  ])
})

test('a product on sale keeps its last variant', async () => {
  await using shop = await withMug()
  const [variant] = shop.mug.variants
  const more = { productId: shop.mug.id, sku: 'MUG-2', price: { amountMinor: 1, currency: 'EUR' } }

  const refused = await act(shop, 'deleteVariant', { variantId: variant.id })
  await act(shop, 'createVariant', more)
  const done = await act(shop, 'deleteVariant', { variantId: variant.id, idempotencyKey: '2' })

  assert.deepEqual([refused.codes, done.codes], [['NOTHING_TO_SELL'], []])
  const { variants } = await fieldsOf(shop, shop.mug.id, 'variants { sku }')
  assert.deepEqual(variants, [{ sku: 'MUG-2' }])
})

const price = { amountMinor: 1, currency: 'EUR' }
for (const [what, input, code] of [
  ['a SKU that is taken', { variants: [{ sku: 'MUG-1', price }] }, 'SKU_TAKEN'],
  ['a slug that is taken', { slug: 'blue-mug' }, 'SLUG_TAKEN'],
  ['a slug of signs', { slug: '../x' }, 'BAD_USER_INPUT'],
  ['no name', { name: '  ' }, 'BAD_USER_INPUT'],
  ['a huge name', { name: 'x'.repeat(301) }, 'BAD_USER_INPUT'],
  ['a zero character', { name: 'a\0b' }, 'BAD_USER_INPUT'],
  ['half a letter', { description: 'a\ud800b' }, 'BAD_USER_INPUT'],
  ['nothing to sell', { variants: [], status: 'ACTIVE' }, 'NOTHING_TO_SELL'],
  ['a SKU twice', { variants: [1, 2].map(() => ({ sku: 'A', price })) }, 'BAD_USER_INPUT'],
  [
    'a price below zero',
    { variants: [{ sku: 'A', price: { ...price, amountMinor: -1 } }] },
    'BAD_USER_INPUT',
  ],
  ['no such brand', { brandId: idOf(2, 9) }, 'BAD_USER_INPUT'],
  ['a brand that is no id', { brandId: "x' or true" }, 'BAD_USER_INPUT'],
  ['no such category', { categoryIds: [idOf(1, 9)] }, 'BAD_USER_INPUT'],
  [
    'an attribute of two values',
    { attributes: [{ key: 'a', text: 'b', number: 1 }] },
    'BAD_USER_INPUT',
  ],
  [
    'an attribute twice',
    { attributes: [1, 2].map((number) => ({ key: 'a', number })) },
    'BAD_USER_INPUT',
  ],
  [
    'a GTIN that is none',
    { variants: [{ sku: 'A', price, gtin: '4006381333932' }] },
    'BAD_USER_INPUT',
  ],
] as const) {
  test(`a product with ${what} is refused, and nothing is left of it`, async () => {
    await using shop = await withMug()
    const usual = { name: 'Other', variants: [{ sku: 'OTHER-1', price }] }

    const { codes, faults } = await act(shop, 'createProduct', { ...usual, ...input })

    assert.deepEqual([codes, faults], [[code], []])
    assert.deepEqual(await shop.database.run('select count(*)::int as n from products'), [{ n: 1 }])
    assert.deepEqual(await shop.told(), ['catalog.product-changed'])
  })
}

test('categories are moved with everything below them, and never below themselves', async () => {
  await using shop = await catalogOf(4)
  const [home, mugs, garden] = [idOf(1, 1), idOf(1, 2), idOf(1, 4)]

  const moved = await act(shop, 'moveCategory', { categoryId: home, parentId: garden })
  const circle = await act(shop, 'moveCategory', {
    categoryId: garden,
    parentId: mugs,
    idempotencyKey: 'circle',
  })

  const { data } = await shop.ask({
    query:
      '{ category(slug: "mugs") { level ancestors { slug } } products(filter: { category: "garden" }) { totalCount } }',
  })
  assert.deepEqual([moved.codes, circle.codes], [[], ['WOULD_BE_A_CIRCLE']])
  assert.deepEqual(data, {
    category: { level: 3, ancestors: [{ slug: 'garden' }, { slug: 'home' }] },
    products: { totalCount: 4 },
  })
})

test('a category with products in it is not deleted, an empty one is', async () => {
  await using shop = await catalogOf(2)

  const full = await act(shop, 'deleteCategory', { categoryId: idOf(1, 2) })
  const empty = await act(shop, 'deleteCategory', { categoryId: idOf(1, 4), idempotencyKey: '2' })

  const { data } = await shop.ask({ query: '{ categories(depth: 3) { slug } }' })
  assert.deepEqual([full.codes, empty.codes], [['STILL_IN_USE'], []])
  assert.deepEqual(data.categories, [{ slug: 'home' }, { slug: 'mugs' }, { slug: 'lamps' }])
})

test('tags, brands, sellers and collections are made, changed and found', async () => {
  await using shop = await emptyCatalog()

  const made = await Promise.all([
    act(shop, 'createTag', { name: 'New In' }),
    act(shop, 'createBrand', { name: 'Hafen' }),
    act(shop, 'createSeller', { name: 'Polder & Co', country: 'NL', commissionBps: 900 }),
    act(shop, 'createCollection', { name: 'Gifts', description: 'To give.' }),
  ])
  const tagId = (await shop.database.run('select id from tags'))[0]?.id
  const renamed = await act(shop, 'updateTag', { tagId, name: 'Fresh' })

  const query =
    '{ tags { slug name } brand(slug: "hafen") { name } seller(slug: "polder-and-co") { country } collection(slug: "gifts") { description } }'
  const { data } = await shop.ask({ query })
  assert.deepEqual(
    [...made, renamed].flatMap(({ codes }) => codes),
    [],
  )
  assert.deepEqual(data, {
    tags: [{ slug: 'new-in', name: 'Fresh' }],
    brand: { name: 'Hafen' },
    seller: { country: 'NL' },
    collection: { description: 'To give.' },
  })
})
