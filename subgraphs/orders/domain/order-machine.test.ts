import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { OrderStatus } from './order.ts'
import { availableMoves, mayMove, type OrderPosition, statusesBefore } from './order-machine.ts'

const all: readonly OrderStatus[] = [
  'PENDING',
  'AWAITING_PAYMENT',
  'ON_HOLD',
  'CONFIRMED',
  'PROCESSING',
  'SHIPPED',
  'DELIVERED',
  'CANCELLED',
  'PARTIALLY_REFUNDED',
  'REFUNDED',
]

const begun: OrderPosition = { status: 'PENDING', isShipped: false, isDelivered: false }

const after = ({ isShipped, isDelivered }: OrderPosition, status: OrderStatus): OrderPosition => ({
  status,
  isShipped: isShipped || status === 'SHIPPED',
  isDelivered: isDelivered || status === 'DELIVERED',
})

/** What must be so of every move that is allowed. */
function mustBeLegal(at: OrderPosition, to: OrderStatus): void {
  assert.notEqual(at.status, 'CANCELLED')
  assert.notEqual(at.status, 'REFUNDED')
  if (to === 'CANCELLED' || to === 'SHIPPED') assert.equal(at.isShipped, false)
  if (to === 'DELIVERED') assert.equal(at.isShipped, true)
}

test('of 100,000 random walks none leaves an end, ships what is cancelled, or cancels what is shipped', () => {
  const wanted = fc.array(fc.constantFrom(...all), { maxLength: 20 })
  const walk = (moves: OrderStatus[]) =>
    moves.reduce((at, to) => {
      if (!mayMove(at, to)) return at
      mustBeLegal(at, to)
      return after(at, to)
    }, begun)
  fc.assert(
    fc.property(wanted, (moves) => void walk(moves)),
    { numRuns: 100_000 },
  )
})

test('what staff are offered is what they may do', () => {
  const offered = (position: Partial<OrderPosition>) => availableMoves({ ...begun, ...position })

  assert.deepEqual(offered({ status: 'CONFIRMED' }), ['PROCESSING', 'SHIPPED', 'CANCELLED'])
  assert.deepEqual(offered({ status: 'SHIPPED', isShipped: true }), ['DELIVERED'])
  assert.deepEqual(offered({ status: 'PARTIALLY_REFUNDED', isShipped: true }), ['DELIVERED'])
  assert.deepEqual(offered({ status: 'REFUNDED' }), [])
})

test('an order is paid from where it is made, waits or is held', () => {
  assert.deepEqual(statusesBefore('CONFIRMED'), ['PENDING', 'AWAITING_PAYMENT', 'ON_HOLD'])
})
