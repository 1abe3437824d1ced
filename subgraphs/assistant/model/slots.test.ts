import assert from 'node:assert/strict'
import { test } from 'node:test'
import { slotsIn } from './slots.ts'

test('a message is read for what it names, in four languages', () => {
  assert.deepEqual(slotsIn('Where is order #SG-10023? I am ada@example.org'), {
    orderNumber: 'SG-10023',
    email: 'ada@example.org',
  })
  assert.deepEqual(slotsIn('Meine Bestellung Nr. 10044 vom 3.11.2026 über 19,99 €'), {
    orderNumber: '10044',
    amount: { amountMinor: 1999, currency: 'EUR' },
    date: '2026-11-03',
  })
  assert.deepEqual(slotsIn('ma commande numéro 10055'), { orderNumber: '10055' })
  assert.deepEqual(slotsIn('mi pedido 10066 costó $25'), {
    orderNumber: '10066',
    amount: { amountMinor: 2500, currency: 'USD' },
  })
})

test('what can be read in two ways is not read', () => {
  assert.deepEqual(slotsIn('orders: order 10023 and order 10024, on 03/04/2026, 31 June 2026'), {})
})

test('a product is the one whose name is longest, and no slot is a guess', () => {
  const products = [
    { id: 'mug', name: 'Blue Mug' },
    { id: 'set', name: 'Blue Mug Set' },
  ]

  assert.deepEqual(slotsIn('is the blue mug set in stock', products), { productId: 'set' })
  assert.deepEqual(slotsIn('my order is late', products), {})
  assert.deepEqual(slotsIn('', products), {})
})
