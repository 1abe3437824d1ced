import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fillCatalog } from '../bulk.ts'
import { act } from './acts.ts'
import { idOf, madeShop } from './made-shop.ts'
import { catalogOf, emptyCatalog } from './world.ts'

const price = { amountMinor: 1, currency: 'EUR' }

test('of two products that want one SKU at once, one has it', async () => {
  await using shop = await emptyCatalog({ at: '\n    with given as', of: 2 })

  const answers = await Promise.all(
    ['One', 'Two'].map((name) =>
      act(shop, 'createProduct', { name, idempotencyKey: name, variants: [{ sku: 'A', price }] }),
    ),
  )

  assert.deepEqual(
    answers.flatMap(({ codes }) => codes),
    ['SKU_TAKEN'],
  )
  const rows = await shop.database.run('select count(*)::int as n from products')
  assert.deepEqual([rows, await shop.told()], [[{ n: 1 }], ['catalog.product-changed']])
})

test('two moves at once make no circle', async () => {
  await using shop = await catalogOf(1, { at: 'select pg_advisory_xact_lock', of: 2 })
  const [home, garden] = [idOf(1, 1), idOf(1, 4)]

  const answers = await Promise.all([
    act(shop, 'moveCategory', { categoryId: home, parentId: garden, idempotencyKey: '1' }),
    act(shop, 'moveCategory', { categoryId: garden, parentId: home, idempotencyKey: '2' }),
  ])

  assert.deepEqual(
    answers.flatMap(({ codes }) => codes),
    ['WOULD_BE_A_CIRCLE'],
  )
  const { data } = await shop.ask({ query: '{ categories { level } }' })
  assert.deepEqual(data.categories, [{ level: 1 }])
})

test('a category is not deleted from under a product that is just being put into it', async () => {
  await using shop = await catalogOf(0)
  const categoryId = idOf(1, 4)
  const product = { name: 'Gnome', categoryIds: [categoryId], variants: [{ sku: 'A', price }] }

  const answers = await Promise.all([
    act(shop, 'createProduct', product),
    act(shop, 'deleteCategory', { categoryId }),
  ])

  const codes = answers.map((answer) => answer.codes[0] ?? 'done')
  assert.ok(
    [
      ['done', 'STILL_IN_USE'],
      ['BAD_USER_INPUT', 'done'],
    ].some((each) => each.join() === codes.join()),
    codes.join(),
  )
})

test('a made shop that is written twice is there once', async () => {
  await using shop = await catalogOf(20)
  const filling = { databaseUrl: shop.database.url, currency: 'EUR' }

  await fillCatalog(madeShop(20), filling, shop.standing)

  const counts = await shop.database.run(
    `select (select count(*)::int from products) as products,
      (select count(*)::int from product_variants) as variants,
      (select count(*)::int from product_images) as images,
      (select count(*)::int from listings) as listings`,
  )
  assert.deepEqual(counts, [{ products: 20, variants: 60, images: 40, listings: 60 }])
})

test('what is counted is what is there, whoever writes at once and whatever fails', async () => {
  await using shop = await catalogOf(9)
  const archive = (number: number) =>
    act(shop, 'archiveProduct', {
      productId: idOf(5, number),
      idempotencyKey: `${number}`,
    })
  const create = (name: string) =>
    act(shop, 'createProduct', {
      name,
      status: 'ACTIVE',
      categoryIds: [idOf(1, 4)],
      idempotencyKey: name,
      variants: [{ sku: 'ONE', price }],
    })

  await Promise.all([archive(1), archive(2), create('One'), create('Two'), archive(1)])

  const listed =
    'select category_id, status, count(*)::int as n from listings group by 1, 2 order by 1, 2'
  const kept = `select category_id, status, sum(products)::int as n from listing_counts
    group by 1, 2 having sum(products) <> 0 order by 1, 2`
  assert.deepEqual(await shop.database.run(kept), await shop.database.run(listed))
  const { data } = await shop.ask({ query: '{ products { totalCount nodes { id } } }' })
  assert.deepEqual([data.products.totalCount, data.products.nodes.length], [8, 8])
})
