import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomFrom } from '@shop/kit/learn/random'
import { BadRows } from '@shop/kit/learn/refusals'
import { treesToJson } from '@shop/kit/learn/tree-file'
import { demandOf, trainedDemand } from './demand-trees.ts'
import { expectedLogUnits, fittedElasticities } from './elasticity.ts'
import { generated } from './generator.ts'
import { normalQuantile, studentQuantile } from './quantiles.ts'
import { type Sale, withPast } from './sales.ts'
import { shrunk } from './shrinkage.ts'

const world = generated(randomFrom(7), { products: 8, places: 10, periods: 80 })
const quick = { rounds: 20, seed: 1 }
const error = (said: Float64Array, sales: readonly Sale[]) =>
  Math.sqrt(
    sales.reduce((sum, { logUnits }, at) => sum + (logUnits - (said[at] as number)) ** 2, 0) /
      sales.length,
  )

test('known elasticities are recovered within a tenth, and so is what the next price does', () => {
  const { products } = fittedElasticities(world.sales)

  for (const [at, { product, value, cross }] of products.entries()) {
    const truth = world.truths.get(product) ?? Number.NaN
    assert.ok(Math.abs(value / truth - 1) < 0.1, `${product}: ${value} is not ${truth}`)
    assert.ok(Math.abs((cross[(at + 1) % 8] ?? 0) - 0.4) < 0.25)
  }
})

test('a noisy product is drawn to its category, and a precise one stays', () => {
  const { values, group } = shrunk([
    { value: -2, error: 0.05 },
    { value: -2.4, error: 0.05 },
    { value: -2.8, error: 0.05 },
    { value: -2.2, error: 0.05 },
    { value: 3, error: 4 },
  ])

  assert.ok(Math.abs(group.mean + 2.35) < 0.1)
  assert.ok(Math.abs((values[0]?.value ?? 0) + 2) < 0.02)
  assert.ok((values[4]?.value ?? 0) < 0.5 && (values[4]?.error ?? 9) < 4)
})

test('from shuffled sales no elasticity is learned', () => {
  const units = randomFrom(1).shuffled(world.sales.map(({ logUnits }) => logUnits))
  const shuffled = world.sales.map((sale, at) => ({ ...sale, logUnits: units[at] ?? 0 }))

  const { category } = fittedElasticities(shuffled)

  assert.ok(Math.abs(category.mean) < 0.2, `${category.mean}`)
})

test('trees on shuffled sales are no better than the mean', () => {
  const units = randomFrom(2).shuffled(world.sales.map(({ logUnits }) => logUnits))
  const shuffled = world.sales.map((sale, at) => ({ ...sale, logUnits: units[at] ?? 0 }))
  const past = shuffled.filter(({ period }) => period < 64)
  const later = shuffled.filter(({ period }) => period >= 64)
  const mean = past.reduce((sum, { logUnits }) => sum + logUnits, 0) / past.length

  const said = demandOf(trainedDemand(past, quick), later)

  assert.ok(
    error(said, later) >
      0.97 *
        error(
          said.map(() => mean),
          later,
        ),
  )
})

test('one seed is one model to the byte', () => {
  const trained = () => trainedDemand(withPast(world.sales), quick)
  const [first, again] = [trained(), trained()]

  assert.equal(treesToJson(first.trees), treesToJson(again.trees))
  assert.equal(JSON.stringify(first.elasticities), JSON.stringify(again.elasticities))
})

test('a dearer price is never told to sell more', () => {
  const model = trainedDemand(withPast(world.sales), quick)
  const sale = withPast(world.sales).at(-1) as Sale
  const prices = Array.from({ length: 40 }, (_, at) => -0.6 + at * 0.03)

  const told = demandOf(
    model,
    prices.map((price) => ({
      ...sale,
      logPrices: sale.logPrices.map((own, at) => (at === sale.own ? price : own)),
    })),
  )

  for (let at = 1; at < told.length; at += 1) {
    assert.ok((told[at] as number) <= (told[at - 1] as number) + 1e-9)
  }
})

test('nothing, one row, prices that never moved and what is no number are refused by a code', () => {
  const [one] = world.sales
  const frozen = world.sales.map((sale) => ({ ...sale, logPrices: sale.logPrices.map(() => 0) }))
  const broken = world.sales.map((sale) => ({ ...sale, logUnits: Number.NaN }))

  for (const sales of [[], [one as Sale], frozen, broken]) {
    assert.throws(() => fittedElasticities(sales), BadRows)
    assert.throws(() => trainedDemand(sales), BadRows)
  }
})

test('a product that cannot tell by itself has its category’s elasticity, and says so', () => {
  const few = { ...(world.sales[0] as Sale), product: 'new' }

  const { products, category } = fittedElasticities([...world.sales, few])
  const told = products.find(({ product }) => product === 'new')

  assert.equal(told?.degraded, true)
  assert.equal(told?.value, category.mean)
  assert.ok(Number.isFinite(expectedLogUnits(products[0] as never, { ...few, place: 'unseen' })))
})

test('a product never seen is left without a number', () => {
  const model = trainedDemand(world.sales, quick)

  const said = demandOf(model, [{ ...(world.sales[0] as Sale), product: 'unseen' }])

  assert.deepEqual([...said], [Number.NaN])
})

test('quantiles are those of the tables', () => {
  assert.ok(Math.abs(normalQuantile(0.975) - 1.959964) < 1e-6)
  assert.ok(Math.abs(normalQuantile(0.01) + 2.326348) < 1e-6)
  assert.ok(Math.abs(studentQuantile(0.95, 10) - 1.812461) < 1e-3)
})
