import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demoShop } from '../demo-shop.ts'
import type { Order } from './order.ts'

const shop = demoShop({ until: new Date('2026-11-01T00:00:00Z'), customers: 1000, orders: 12_000 })
const orders = [...shop.orders()]
const lines = orders.flatMap((order) =>
  order.lines.map((line) => ({ line, placedAt: order.placedAt })),
)
const end = shop.options.until.getTime()

const sumOf = <T>(rows: readonly T[], of: (row: T) => number) =>
  rows.reduce((sum, row) => sum + of(row), 0)

test('there are about as many orders as were asked for, in the order of their placing', () => {
  const times = orders.map(({ placedAt }) => placedAt.getTime())

  assert.ok(Math.abs(orders.length / 12_000 - 1) < 0.05)
  assert.deepEqual(
    times.toSorted((a, b) => a - b),
    times,
  )
  assert.ok(times.every((ms) => ms >= end - 548 * 86_400_000 && ms < end))
  assert.equal(new Set(orders.map(({ id }) => id)).size, orders.length)
  assert.equal(new Set(orders.map(({ number }) => number)).size, orders.length)
})

test('what an order names exists, and was there when it was placed', () => {
  const products = new Map([...shop.products()].map((product) => [product.id, product]))
  const customers = new Map([...shop.customers()].map((customer) => [customer.id, customer]))
  const promotions = new Map(shop.promotions().map((promotion) => [promotion.id, promotion]))

  for (const { customerId, email } of orders) {
    assert.equal(customerId === null ? email : customers.get(customerId)?.email, email)
  }
  for (const { line, placedAt } of lines) {
    const product = products.get(line.productId) ?? assert.fail()
    assert.ok(product.createdAt <= placedAt && product.status !== 'DRAFT')
    assert.equal(product.name, line.name)
    assert.equal(product.variants.find(({ id }) => id === line.variantId)?.sku, line.sku)
  }
  for (const { line, placedAt } of lines.filter((each) => each.line.promotionId !== null)) {
    const { from, to } = promotions.get(line.promotionId ?? '') ?? assert.fail()
    assert.ok(from <= placedAt && placedAt < to)
  }
})

test('lines and parts sum to the whole, in whole cents', () => {
  for (const order of orders) {
    for (const line of order.lines) {
      assert.ok(line.quantity > 0 && line.unitPriceMinor > 0 && line.totalMinor > 0)
      assert.equal(line.totalMinor, line.quantity * line.unitPriceMinor - line.discountMinor)
      assert.equal(line.discountMinor > 0, line.promotionId !== null)
      assert.ok(line.taxMinor >= 0 && line.taxMinor < line.totalMinor)
      assert.ok([line.totalMinor, line.taxMinor, line.discountMinor].every(Number.isSafeInteger))
    }
    const { subtotalMinor, discountMinor, shippingMinor, totalMinor } = order
    assert.equal(totalMinor, subtotalMinor - discountMinor + shippingMinor)
    assert.equal(totalMinor, sumOf(order.lines, (line) => line.totalMinor) + shippingMinor)
  }
})

test('what became of an order is told in order, and nothing is later than the end', () => {
  for (const { placedAt, shippedAt, deliveredAt, cancelledAt, returns, ...order } of orders) {
    const walked = [placedAt, shippedAt, deliveredAt].flatMap((at) => at?.getTime() ?? [])
    assert.deepEqual(
      walked.toSorted((a, b) => a - b),
      walked,
    )
    assert.equal(cancelledAt !== null, order.status === 'CANCELLED')
    assert.equal(
      deliveredAt !== null,
      ['DELIVERED', 'REFUNDED', 'PARTIALLY_REFUNDED'].includes(order.status),
    )
    const told = [
      ...walked,
      ...returns.flatMap((each) => [each.openedAt, each.receivedAt ?? each.openedAt]),
    ]
    assert.ok(told.every((at) => Number(at) < end))
    assert.ok(order.refundedMinor <= order.totalMinor)
  }
})

test('the end of the history has orders on their way', () => {
  const statuses = new Set(orders.map(({ status }: Order) => status))

  assert.deepEqual([...statuses].toSorted(), [
    'CANCELLED',
    'CONFIRMED',
    'DELIVERED',
    'PARTIALLY_REFUNDED',
    'PROCESSING',
    'REFUNDED',
    'SHIPPED',
  ])
})
