import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demoShop } from './demo-shop.ts'
import { checkDigitOf } from './gtin.ts'
import type { Attribute, AttributeDefinition } from './shop.ts'

const shop = demoShop({ until: new Date('2026-11-01T00:00:00Z') })
const products = [...shop.products()]
const variants = products.flatMap((product) => product.variants)
const categories = [...shop.categories()]

const isUnique = (values: readonly string[]) => new Set(values).size === values.length
const idsOf = (rows: Iterable<{ id: string }>) => new Set([...rows].map(({ id }) => id))

test('there are as many products as were asked for, of 1 to 12 variants and 1 to 4 images', () => {
  assert.equal(products.length, 1200)
  assert.ok(products.every((product) => product.variants.length >= 1))
  assert.ok(products.every((product) => product.variants.length <= 12))
  assert.ok(products.every(({ images }) => images.length >= 1 && images.length <= 4))
})

test('no two things share an id, a slug, a sku or a GTIN', () => {
  const images = products.flatMap((product) => product.images)

  assert.ok(
    [products, variants, images, categories].every((rows) => idsOf(rows).size === rows.length),
  )
  assert.ok(isUnique(products.map(({ slug }) => slug)))
  assert.ok(isUnique(variants.map(({ sku }) => sku)))
  assert.ok(isUnique(variants.map(({ gtin }) => gtin)))
  assert.ok(isUnique(categories.map(({ slug }) => slug)))
  assert.ok(isUnique([...shop.brands()].map(({ slug }) => slug)))
  assert.ok(isUnique([...shop.collections()].map(({ slug }) => slug)))
})

test('ids are UUIDv7 of the time of making, and rise', () => {
  const ids = products.map(({ id }) => id)

  const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
  assert.ok([...ids, ...variants.map(({ id }) => id)].every((id) => shape.test(id)))
  assert.deepEqual(ids.toSorted(), ids)
  const { id, createdAt } = products[77] ?? assert.fail()
  assert.equal(Number.parseInt(id.replace('-', '').slice(0, 12), 16), createdAt.getTime())
})

test('every GTIN ends in its check digit', () => {
  assert.ok(variants.every(({ gtin }) => checkDigitOf(gtin.slice(0, -1)) === Number(gtin.at(-1))))
})

test('prices are whole cents above zero, and what they were compared with is more', () => {
  for (const { amountMinor, compareAtMinor, weightGrams } of variants) {
    assert.ok(Number.isInteger(amountMinor) && amountMinor > 0)
    assert.ok(compareAtMinor === null || compareAtMinor > amountMinor)
    assert.ok(Number.isInteger(weightGrams) && weightGrams > 0)
  }
  assert.ok(variants.some(({ compareAtMinor }) => compareAtMinor !== null))
})

test('variants of one product differ in their attributes', () => {
  for (const product of products) {
    assert.ok(isUnique(product.variants.map(({ attributes }) => JSON.stringify(attributes))))
  }
})

test('what a product names exists', () => {
  const [brands, sellers] = [idsOf(shop.brands()), idsOf(shop.sellers())]
  const leaves = idsOf(categories.filter(({ level }) => level === 3))
  const ids = idsOf(products)

  assert.ok(products.every(({ brandId }) => brands.has(brandId)))
  assert.ok(products.every(({ sellerId }) => sellers.has(sellerId)))
  assert.deepEqual(new Set(products.map(({ categoryId }) => categoryId)), leaves)
  assert.ok(products.every(({ tags }) => tags.every((tag) => shop.tags.includes(tag))))
  assert.ok(shop.collections().every(({ productIds }) => productIds.every((id) => ids.has(id))))
})

test('the tree has three levels, and parents come before children', () => {
  const seen = new Map<string | null, number>([[null, 0]])
  for (const { id, parentId, level } of categories) {
    assert.equal(seen.get(parentId), level - 1)
    seen.set(id, level)
  }
})

test('attributes are as their category has them', () => {
  const definitions = new Map(categories.map(({ id, attributes }) => [id, attributes]))
  for (const product of products) {
    const defined = definitions.get(product.categoryId) ?? []
    const keys = defined.filter(({ ofVariants }) => !ofVariants).map(({ key }) => key)
    assert.deepEqual(
      product.attributes.map(({ key }) => key),
      keys,
    )
    const all = [...product.attributes, ...product.variants.flatMap(({ attributes }) => attributes)]
    assert.ok(all.every((attribute) => fits(attribute, defined)))
  }
})

function fits({ key, value }: Attribute, defined: readonly AttributeDefinition[]): boolean {
  const definition = defined.find((each) => each.key === key)
  if (definition?.type === 'enum') return definition.options.includes(String(value))
  return typeof value === (definition?.type === 'text' ? 'string' : definition?.type)
}

test('descriptions are whole sentences that leave nothing to fill in', () => {
  for (const { description } of products) {
    assert.match(description, /^[A-Z0-9][^{}]+\.$/)
    assert.doesNotMatch(description, /undefined|\ba [aeio][a-z]/)
    assert.ok(description.split('. ').length >= 3)
  }
})

test('stock is told for every variant in three warehouses, some of it low and some sold out', () => {
  const levels = [...shop.stock()]
  const warehouses = idsOf(shop.warehouses())
  const onHand = Map.groupBy(levels, ({ variantId }) => variantId)
  const all = [...onHand.values()].map((rows) => rows.reduce((sum, row) => sum + row.onHand, 0))

  assert.equal(levels.length, variants.length * 3)
  assert.deepEqual(new Set(onHand.keys()), idsOf(variants))
  assert.ok(levels.every((level) => warehouses.has(level.warehouseId) && level.onHand >= 0))
  const soldOut = all.filter((pieces) => pieces === 0).length / all.length
  assert.ok(soldOut > 0.03 && soldOut < 0.05)
  const low = levels.filter((level) => level.onHand > 0 && level.onHand <= level.lowAt)
  assert.ok(low.length / variants.length > 0.06)
})
