import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demoShop } from '../demo-shop.ts'

const shop = demoShop({ until: new Date('2026-11-01T00:00:00Z') })

test('customers have addresses in six countries and mail that reaches nobody', () => {
  const customers = [...shop.customers()]
  const addresses = customers.flatMap((customer) => customer.addresses)
  const postal = {
    DE: /^\d{5}$/,
    FR: /^\d{5}$/,
    NL: /^\d{4} [A-Z]{2}$/,
    AT: /^\d{4}$/,
    ES: /^\d{5}$/,
    IE: /^[A-Z]\d\d [A-Z]\d[A-Z]\d$/,
  }

  assert.equal(customers.length, 5000)
  assert.equal(new Set(customers.map(({ email }) => email)).size, 5000)
  assert.equal(new Set(customers.map(({ id }) => id)).size, 5000)
  assert.ok(customers.every(({ email }) => /^[a-z.]+\.\d+@example\.(com|org|net)$/.test(email)))
  assert.deepEqual(new Set(addresses.map(({ country }) => country)), new Set(Object.keys(postal)))
  assert.ok(addresses.every(({ postalCode, country }) => postal[country].test(postalCode)))
})

test('customers come in the order of their registration, all before the end', () => {
  const times = [...shop.customers()].map(({ registeredAt }) => registeredAt.getTime())

  const hour = 3_600_000
  assert.ok(times.every((ms, index) => ms >= (times[index - 1] ?? 0) - hour))
  assert.ok(times.every((ms) => ms < shop.options.until.getTime()))
})

test('there is staff of every role, and a vendor belongs to a seller', () => {
  const staff = shop.staff()
  const sellers = new Set([...shop.sellers()].map(({ id }) => id))

  const roles = ['ADMIN', 'ANALYST', 'CATALOG', 'FINANCE', 'RISK', 'SUPPORT', 'VENDOR']
  assert.deepEqual([...new Set(staff.map(({ role }) => role))].toSorted(), roles)
  for (const { role, sellerId } of staff) {
    assert.equal(sellerId !== null && sellers.has(sellerId), role === 'VENDOR')
  }
})
