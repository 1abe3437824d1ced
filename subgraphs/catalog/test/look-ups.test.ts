import assert from 'node:assert/strict'
import { test } from 'node:test'
import { idOf } from './made-shop.ts'
import { catalogOf } from './world.ts'

test('a product is found by id, slug or SKU, and by nothing it does not have', async () => {
  await using shop = await catalogOf(3)
  const query = /* GraphQL */ `
    query ($id: ID, $slug: String, $sku: String) { product(id: $id, slug: $slug, sku: $sku) { name } }
  `
  const keys = [
    { id: idOf(5, 1) },
    { slug: 'lamp-1' },
    { sku: 'M-1-2' },
    { id: idOf(5, 2), slug: 'lamp-1' },
    { id: idOf(5, 9) },
    { id: '1 or true' },
    { slug: "lamp-1' --" },
    { sku: 'M-1-2\0' },
    { sku: 'x'.repeat(100_000) },
    {},
  ]

  const answers = await Promise.all(keys.map((variables) => shop.ask({ query, variables })))

  assert.deepEqual(
    answers.map(({ data }) => data.product?.name),
    ['Lamp 1', 'Lamp 1', 'Lamp 1', 'Mug 2', ...Array(6).fill(undefined)],
  )
  assert.deepEqual(
    answers.flatMap(({ faults }) => faults),
    [],
  )
})

test('SKUs are looked up together, in one statement each for products and variants', async () => {
  await using shop = await catalogOf(4)
  const query = /* GraphQL */ `
    query ($skus: [String!]!) { productsBySku(skus: $skus) { name } variantsBySku(skus: $skus) { sku product { name } } }
  `
  const skus = ['M-0-0', 'M-0-1', 'none', 'M-3-2', 'M-0-0']

  const { data } = await shop.ask({ query, variables: { skus } })

  assert.deepEqual(data, {
    productsBySku: [{ name: 'Mug 0' }, { name: 'Lamp 3' }],
    variantsBySku: [
      { sku: 'M-0-0', product: { name: 'Mug 0' } },
      { sku: 'M-0-1', product: { name: 'Mug 0' } },
      { sku: 'M-3-2', product: { name: 'Lamp 3' } },
    ],
  })
  assert.equal(shop.statements.length, 3)
  const { codes } = await shop.ask({ query, variables: { skus: Array(101).fill('a') } })
  assert.deepEqual([...new Set(codes)], ['BAD_USER_INPUT'])
})

test('categories are roots, children or a tree', async () => {
  await using shop = await catalogOf(3)
  const query = /* GraphQL */ `
    query ($home: ID!) {
      roots: categories { slug children { slug } }
      home: categories(parentId: $home) { id name description level version productCount parent { slug } }
      tree: categories(depth: 10) { slug }
      none: categories(parentId: "x") { slug }
      category(slug: "home") { id products(sort: NAME, first: 1) { totalCount nodes { name } } }
    }
  `

  const { data } = await shop.ask({ query, variables: { home: idOf(1, 1) } })

  const common = { description: '', level: 2, version: 1, parent: { slug: 'home' } }
  assert.deepEqual(data, {
    roots: [
      { slug: 'home', children: [{ slug: 'mugs' }, { slug: 'lamps' }] },
      { slug: 'garden', children: [] },
    ],
    home: [
      { ...common, id: idOf(1, 2), name: 'Mugs', productCount: 2 },
      { ...common, id: idOf(1, 3), name: 'Lamps', productCount: 1 },
    ],
    tree: [{ slug: 'home' }, { slug: 'garden' }, { slug: 'mugs' }, { slug: 'lamps' }],
    none: [],
    category: { id: idOf(1, 1), products: { totalCount: 3, nodes: [{ name: 'Lamp 1' }] } },
  })
})

test('a collection has its products in the order they were put, page by page', async () => {
  await using shop = await catalogOf(3)
  const query = /* GraphQL */ `
    query ($after: String) {
      collections { id slug version }
      collection(slug: "gifts") {
        name description
        products(first: 2, after: $after) {
          nodes { name } edges { cursor node { slug } } totalCount
          pageInfo { startCursor endCursor hasNextPage hasPreviousPage }
        }
      }
    }
  `

  const one = (await shop.ask({ query })).data.collection.products
  const two = (await shop.ask({ query, variables: { after: one.pageInfo.endCursor } })).data

  const namesIn = ({ nodes }: { nodes: { name: string }[] }) => nodes.map(({ name }) => name)
  assert.deepEqual(
    [...namesIn(one), ...namesIn(two.collection.products)],
    ['Mug 2', 'Mug 0', 'Lamp 1'],
  )
  assert.deepEqual([one.totalCount, two.collection.products.pageInfo.hasNextPage], [3, false])
  assert.deepEqual(two.collections, [{ id: idOf(4, 1), slug: 'gifts', version: 1 }])
})

test('featured products, tags, brands and sellers are found', async () => {
  await using shop = await catalogOf(3)
  await shop.database.run("update products set is_featured = true where slug <> 'mug-0'")
  const query = /* GraphQL */ `
    {
      featuredProducts { name }
      tags(prefix: "g") { slug name }
      brand(slug: "hafen") { id name }
      seller(slug: "direct") { id name country version }
      nobody: seller(slug: "none") { id }
    }
  `

  const { data } = await shop.ask({ query })

  assert.deepEqual(data, {
    featuredProducts: [{ name: 'Mug 2' }, { name: 'Lamp 1' }],
    tags: [{ slug: 'gift', name: 'gift' }],
    brand: { id: idOf(2, 1), name: 'Hafen' },
    seller: { id: idOf(3, 1), name: 'Direct', country: 'DE', version: 1 },
    nobody: null,
  })
})

test('entities of every kind are answered in batches, a statement a kind', async () => {
  await using shop = await catalogOf(100)
  const kinds = {
    Category: 1,
    Brand: 2,
    Seller: 3,
    Collection: 4,
    Product: 5,
    ProductVariant: 6,
    ProductImage: 7,
  }
  const query = 'query ($all: [_Any!]!) { _entities(representations: $all) { __typename } }'
  const all = Object.entries(kinds).flatMap(([__typename, kind]) =>
    [1, 2, 3, 999].map((number) => ({ __typename, id: idOf(kind, number) })),
  )
  const strange = [
    { __typename: 'Product', id: 'x' },
    { __typename: 'Tag', id: "'" },
  ]

  const { data, faults } = await shop.ask({ query, variables: { all: [...all, ...strange] } })

  const found = data._entities.filter((each: object | null) => each !== null)
  assert.deepEqual([found.length, faults], [3 + 2 + 2 + 1 + 3 + 3 + 3, []])
  assert.equal(shop.statements.length, Object.keys(kinds).length)
})
