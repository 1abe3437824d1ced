import assert from 'node:assert/strict'
import { test } from 'node:test'
import { categoryId, leafSlugs } from './categories.ts'
import { demandIndex } from './demand.ts'
import { demoShop } from './demo-shop.ts'
import { departments, places } from './departments/all.ts'
import type { Season } from './departments/spec.ts'
import { Shelf } from './orders/shelf.ts'
import { priceAt } from './prices.ts'
import { dayMs, historyDays, historyStart, slugOf } from './shop.ts'

/** The shop as it opens by default; what is counted of its orders is all that is kept of them. */
const shop = demoShop({ until: new Date('2026-11-01T00:00:00Z') })
const { options } = shop
const truth = shop.truth()
const start = historyStart(options)
const days = Array.from({ length: historyDays }, (_, day) => start + day * dayMs)

const articles = new Shelf(options).articles
const companions = new Set(truth.bundles.map(({ companionId }) => companionId))
const byId = new Map(articles.map((article) => [article.id, article]))
const orders = [...shop.orders()]
const lines = orders.flatMap((order) =>
  order.lines.map((line) => ({
    ...line,
    order,
    day: Math.floor((+order.placedAt - start) / dayMs),
  })),
)
const departmentOf = (productId: string) => byId.get(productId)?.place.department
const seasonOf = (name: string) => truth.seasons[categoryId(options, slugOf(name))] as Season
const sumOf = <T>(rows: readonly T[], of: (row: T) => number) =>
  rows.reduce((sum, row) => sum + of(row), 0)

function perDayOf(department: string): Float64Array {
  const perDay = new Float64Array(historyDays)
  for (const { day } of lines.filter(
    ({ productId }) => departmentOf(productId)?.name === department,
  )) {
    perDay[day] = (perDay[day] ?? 0) + 1
  }
  return perDay
}

test('the week and the year of each department are those of the truth', () => {
  for (const { name } of departments) {
    const season = seasonOf(name)
    const perDay = perDayOf(name)
    const overIndex = (isIn: (ms: number) => boolean) => {
      const some = days
        .map((ms, day) => ({ ms, count: perDay[day] ?? 0 }))
        .filter(({ ms }) => isIn(ms))
      return (
        sumOf(some, ({ count }) => count) /
        sumOf(some, ({ ms }) => demandIndex(options, season, ms))
      )
    }
    const whole = overIndex(() => true)
    for (let weekday = 0; weekday < 7; weekday += 1) {
      const ratio = overIndex((ms) => new Date(ms).getUTCDay() === weekday) / whole
      assert.ok(Math.abs(ratio - 1) < 0.09, `${name}, weekday ${weekday}: ${ratio}`)
    }
    for (let quarter = 0; quarter < 4; quarter += 1) {
      const ratio =
        overIndex((ms) => Math.floor(new Date(ms).getUTCMonth() / 3) === quarter) / whole
      assert.ok(Math.abs(ratio - 1) < 0.15, `${name}, quarter ${quarter}: ${ratio}`)
    }
  }
})

/** Lines of a variant under each of its prices, and how much demand there was but for the price. */
interface Priced {
  readonly x: number
  readonly exposure: number
  readonly count: number
}

function pricedRowsOf(leafIndex: number): Priced[][] {
  const own = articles.filter(
    ({ place, id }) => place.leafIndex === leafIndex && !companions.has(id),
  )
  return own.flatMap((article) => {
    const season = article.place.department.season
    const promotions = truth.promotions.filter(
      (promotion) => promotion.categoryId === article.group,
    )
    const regimeOn = (ms: number) => article.changes.findLastIndex(({ from }) => +from <= ms)
    const exposure = new Float64Array(article.changes.length)
    for (const ms of days.filter((at) => at >= article.from && at + dayMs <= article.to)) {
      const running = promotions.find(({ from, to }) => +from <= ms && ms < +to)
      const index = demandIndex(options, season, ms) * (running?.uplift ?? 1)
      exposure[regimeOn(ms)] = (exposure[regimeOn(ms)] ?? 0) + index
    }
    return article.variants.map(({ id, listMinor }) => {
      const sold = linesOf.get(id) ?? []
      return article.changes.map(({ share }, regime) => ({
        x: Math.log(priceAt(listMinor, share) / listMinor),
        exposure: exposure[regime] ?? 0,
        count: sold.filter(({ day }) => regimeOn(start + day * dayMs) === regime).length,
      }))
    })
  })
}

const linesOf = Map.groupBy(lines, ({ variantId }) => variantId)

/** Poisson regression of counts on the log of the price, a level for each variant, by Newton's method. */
function regressed(variants: readonly Priced[][]): { slope: number; error: number } {
  let slope = 0
  let information = 1
  for (let step = 0; step < 30; step += 1) {
    let gradient = 0
    information = 0
    for (const rows of variants) {
      const total = sumOf(rows, ({ count }) => count)
      const weights = rows.map(({ x, exposure }) => exposure * Math.exp(slope * x))
      const all = sumOf(weights, (weight) => weight)
      if (total === 0 || all === 0) continue
      const mean = sumOf([...rows.keys()], (i) => (weights[i] ?? 0) * (rows[i]?.x ?? 0)) / all
      const square =
        sumOf([...rows.keys()], (i) => (weights[i] ?? 0) * (rows[i]?.x ?? 0) ** 2) / all
      gradient += sumOf(rows, ({ count, x }) => count * x) - total * mean
      information += total * (square - mean ** 2)
    }
    slope += gradient / information
  }
  return { slope, error: 1 / Math.sqrt(information) }
}

test('the elasticity of every leaf is recovered by a regression, within its interval', () => {
  const found = places.map(({ leafIndex, department }) => {
    const known = truth.elasticity[categoryId(options, leafSlugs[leafIndex] as string)] ?? 0
    return { department, known, ...regressed(pricedRowsOf(leafIndex)) }
  })

  const inside = found.filter(({ known, slope, error }) => Math.abs(slope - known) < 1.645 * error)
  const coverage = inside.length / found.length
  assert.ok(coverage > 0.8 && coverage < 0.98, `the 90 % interval covers ${coverage}`)
  for (const department of departments) {
    const own = found.filter((each) => each.department === department)
    const weight = sumOf(own, ({ error }) => error ** -2)
    const slope = sumOf(own, (each) => each.slope * each.error ** -2) / weight
    const known = sumOf(own, (each) => each.known * each.error ** -2) / weight
    assert.ok(
      Math.abs(slope - known) < 3 / Math.sqrt(weight),
      `${department.name}: ${slope} for ${known}`,
    )
  }
})

test('promotions lift demand by what the truth says', () => {
  let expected = 0
  let seen = 0
  for (const { categoryId: group, from, to, uplift } of truth.promotions) {
    const [first] = articles.filter((article) => article.group === group)
    const season = first?.place.department.season as Season
    const own = lines.filter(({ productId }) => byId.get(productId)?.group === group)
    const level = (low: number, high: number) => {
      const during = days.filter((ms) => ms >= low && ms < high)
      const count = own.filter(
        ({ order }) => +order.placedAt >= low && +order.placedAt < high,
      ).length
      return { count, index: sumOf(during, (ms) => demandIndex(options, season, ms)) }
    }
    const [before, during, after] = [
      level(+from - 28 * dayMs, +from),
      level(+from, +to),
      level(+to, +to + 28 * dayMs),
    ]
    expected +=
      ((before.count + after.count) / (before.index + after.index)) * during.index * uplift
    seen += during.count
  }

  assert.ok(Math.abs(seen / expected - 1) < 0.08, `${seen} lines for ${expected}`)
})

test('bundles are bought together as often as the truth says', () => {
  const baskets = orders.map((order) => new Set(order.lines.map(({ productId }) => productId)))
  for (const { anchorId, companionId, probability } of truth.bundles) {
    const withAnchor = baskets.filter((basket) => basket.has(anchorId))
    const together =
      withAnchor.filter((basket) => basket.has(companionId)).length / withAnchor.length
    const error = Math.sqrt((probability * (1 - probability)) / withAnchor.length)
    assert.ok(Math.abs(together - probability) < 0.01 + 4 * error, `${together} for ${probability}`)
  }
})

test('frauds are of the three scenarios, and few', () => {
  const frauds = Map.groupBy(orders, ({ fraud }) => fraud?.scenario)
  const share = 1 - (frauds.get(undefined)?.length ?? 0) / orders.length

  assert.deepEqual(new Set(frauds.keys()), new Set(['amount', 'network', 'customer', undefined]))
  assert.ok(share > 0.005 && share < 0.015)
  const { amountAboveMinor, times } = truth.frauds
  assert.ok(frauds.get('amount')?.every(({ totalMinor }) => totalMinor > amountAboveMinor))
  assert.ok(frauds.get(undefined)?.every(({ totalMinor }) => totalMinor <= amountAboveMinor))
  const taken = frauds.get('customer')?.flatMap((order) => order.lines)
  assert.ok(taken?.every(({ quantity }) => quantity % times === 0))
  assert.ok(orders.every(({ fraud, placedAt }) => fraud === null || fraud.reportedAt > placedAt))
})

test('lines come back at the rate of their department', () => {
  const old = lines.filter(
    ({ order }) =>
      order.deliveredAt && !order.fraud && +order.placedAt < +options.until - 40 * dayMs,
  )
  const back = new Set(orders.flatMap(({ returns }) => returns.map(({ lineId }) => lineId)))
  for (const [department, own] of Map.groupBy(old, ({ productId }) => departmentOf(productId))) {
    const rate = department?.returnRate ?? 0
    const seen = own.filter(({ id }) => back.has(id)).length / own.length
    assert.ok(
      Math.abs(seen - rate) < 4 * Math.sqrt((rate * (1 - rate)) / own.length),
      `${department?.name}: ${seen}`,
    )
  }
})

test('customers differ: some come once, some weekly, and many stay away in the end', () => {
  const times = Map.groupBy(
    orders.filter(({ customerId }) => customerId),
    ({ customerId }) => customerId,
  )
  const counts = [...times.values()].map((own) => own.length)
  const mean = sumOf(counts, (count) => count) / counts.length
  const variance = sumOf(counts, (count) => (count - mean) ** 2) / counts.length
  const quiet = [...times.values()].filter(
    (own) => +(own.at(-1)?.placedAt ?? 0) < +options.until - 120 * dayMs,
  )

  // One rate for all would give a variance of about the mean.
  assert.ok(variance > 5 * mean)
  assert.ok(quiet.length / counts.length > 0.25 && quiet.length / counts.length < 0.75)
})
