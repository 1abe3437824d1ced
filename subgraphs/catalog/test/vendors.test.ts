import assert from 'node:assert/strict'
import { test } from 'node:test'
import { act, fieldsOf } from './acts.ts'
import { idOf } from './made-shop.ts'
import { catalogOf } from './world.ts'

const vendorId = '019a3c1e-7f00-7000-8000-0000000000aa'
const vendor = { kind: 'staff', id: vendorId, scopes: ['vendor:own'] } as const
const shopper = { kind: 'user', id: vendorId, scopes: [] } as const
const support = { kind: 'staff', id: vendorId, scopes: ['orders:read'] } as const

/** Of ten products, 0 and 5 are Polder's, which the vendor owns. */
async function withVendor() {
  const shop = await catalogOf(10)
  await shop.database.run('update sellers set owner_ids = array[$1::uuid] where id = $2', [
    vendorId,
    idOf(3, 2),
  ])
  return shop
}

const draft = { name: 'Draft', sellerId: idOf(3, 2) }
const changed = { expectedVersion: 1, name: 'Mine now' }

test('a vendor writes the products of the own seller', async () => {
  await using shop = await withVendor()

  const made = await act(shop, 'createProduct', { as: vendor, ...draft })
  const edited = await act(shop, 'updateProduct', { as: vendor, productId: idOf(5, 5), ...changed })

  assert.deepEqual([made.codes, edited.codes], [[], []])
  assert.equal((await fieldsOf(shop, idOf(5, 5), 'name')).name, 'Mine now')
})

test('to a vendor, the products of others are not there', async () => {
  await using shop = await withVendor()
  const other = { as: vendor, productId: idOf(5, 1) }
  const given = { as: vendor, productId: idOf(5, 5), expectedVersion: 1, sellerId: idOf(3, 1) }

  const answers = [
    await act(shop, 'updateProduct', { ...other, ...changed }),
    await act(shop, 'archiveProduct', other),
    await act(shop, 'deleteVariant', { as: vendor, variantId: idOf(6, 3) }),
    await act(shop, 'deleteProductImage', { as: vendor, imageId: idOf(7, 2) }),
    await act(shop, 'createProduct', { as: vendor, ...draft, sellerId: idOf(3, 1) }),
    await act(shop, 'createProduct', { as: vendor, name: 'Nobody’s', idempotencyKey: '2' }),
    await act(shop, 'updateProduct', { ...given, idempotencyKey: '2' }),
  ]

  assert.deepEqual(
    answers.flatMap(({ codes }) => codes),
    answers.map(() => 'NOT_FOUND'),
  )
  assert.deepEqual(
    await shop.database.run("select from outbox where actor <> 'service:catalog'"),
    [],
  )
})

for (const [who, as, code] of [
  ['nobody', null, 'UNAUTHENTICATED'],
  ['a shopper', shopper, 'FORBIDDEN'],
  ['other staff', support, 'FORBIDDEN'],
] as const) {
  test(`${who} may write nothing`, async () => {
    await using shop = await withVendor()

    const answers = [
      await act(shop, 'updateProduct', { as, productId: idOf(5, 5), ...changed }),
      await act(shop, 'createTag', { as, name: 'x' }),
      await act(shop, 'moveCategory', { as, categoryId: idOf(1, 2) }),
    ]

    assert.deepEqual(
      answers.map(({ codes }) => codes),
      [[code], [code], [code]],
    )
    assert.equal((await fieldsOf(shop, idOf(5, 5), 'name')).name, 'Lamp 5')
  })
}

test('a vendor does not write the tree, nor see what the shop keeps of a sale', async () => {
  await using shop = await withVendor()

  const { codes } = await act(shop, 'createCategory', { as: vendor, name: 'x' })
  const asked = await shop.ask({
    as: vendor,
    query: '{ seller(slug: "polder") { name commissionBps } }',
  })

  assert.deepEqual([codes, asked.codes], [['FORBIDDEN'], ['FORBIDDEN']])
  assert.deepEqual(asked.data.seller, { name: 'Polder', commissionBps: null })
})

test('a draft is seen by staff and its own vendor, as a product and as an entity', async () => {
  await using shop = await withVendor()
  const id = idOf(5, 5)
  await shop.database.run("update products set status = 'DRAFT' where id = $1", [id])
  const query = /* GraphQL */ `
    query ($id: ID!, $key: _Any!, $variant: _Any!, $image: _Any!) {
      product(id: $id) { name }
      _entities(representations: [$key, $variant, $image]) { __typename }
    }
  `
  const variables = {
    id,
    key: { __typename: 'Product', id },
    variant: { __typename: 'ProductVariant', id: idOf(6, 15) },
    image: { __typename: 'ProductImage', id: idOf(7, 10) },
  }
  const seen = async (as: typeof vendor | typeof shopper | null) => {
    const { data } = await shop.ask({ as, query, variables })
    return [data.product?.name, ...data._entities.map((each: object | null) => each !== null)]
  }

  const [vendors, strangers, nobodys] = [await seen(vendor), await seen(shopper), await seen(null)]

  assert.deepEqual(vendors, ['Lamp 5', true, true, true])
  assert.deepEqual(
    [strangers, nobodys],
    [
      [undefined, false, false, false],
      [undefined, false, false, false],
    ],
  )
})

test('a vendor lists the own drafts, and nobody else’s', async () => {
  await using shop = await withVendor()
  await act(shop, 'createProduct', { as: vendor, ...draft })
  const query = 'query ($filter: ProductFilter) { products(filter: $filter) { nodes { name } } }'
  const drafts = (sellerId?: string) => ({ filter: { status: 'DRAFT', sellerId } })

  const own = await shop.ask({ as: vendor, query, variables: drafts(idOf(3, 2)) })
  const other = await shop.ask({ as: vendor, query, variables: drafts(idOf(3, 1)) })
  const all = await shop.ask({ as: vendor, query, variables: drafts() })

  assert.deepEqual(own.data.products.nodes, [{ name: 'Draft' }])
  assert.deepEqual([other.codes, all.codes], [['FORBIDDEN'], ['FORBIDDEN']])
})
