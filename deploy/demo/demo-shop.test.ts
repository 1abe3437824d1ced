import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { demoShop } from './demo-shop.ts'

const small = { products: 200, customers: 300, orders: 1500 }
const until = new Date('2026-11-01T00:00:00Z')

function hashOf(shop: ReturnType<typeof demoShop>): string {
  const hash = createHash('sha256')
  for (const [name, part] of Object.entries(shop)) {
    if (typeof part !== 'function' || name === 'priceChanges') continue
    const rows = (part as () => Iterable<unknown>)()
    if (!(Symbol.iterator in rows)) hash.update(JSON.stringify(rows))
    else for (const row of rows) hash.update(JSON.stringify(row))
  }
  return hash.digest('hex')
}

test('one seed and date are one shop, to the byte', () => {
  const first = hashOf(demoShop({ ...small, until }))

  const again = hashOf(demoShop({ ...small, until }))
  const laterThatDay = hashOf(demoShop({ ...small, until: new Date('2026-11-01T15:30:00Z') }))

  assert.equal(again, first)
  assert.equal(laterThatDay, first)
})

test('another seed or date is another shop', () => {
  const first = hashOf(demoShop({ ...small, until }))

  assert.notEqual(hashOf(demoShop({ ...small, until, seed: 2 })), first)
  assert.notEqual(hashOf(demoShop({ ...small, until: new Date('2026-11-02T00:00:00Z') })), first)
})

test('a stream may be read in part, and again', () => {
  const shop = demoShop({ ...small, until })
  const [first] = shop.products()

  const [again] = shop.products()

  assert.deepEqual(again, first)
})
