import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listed } from './listing.ts'
import { tracedOrder } from './order.ts'

test('one order is one trace, from the client’s request through subgraphs, SQL, relay and job to the mail', async (t) => {
  const spans = await tracedOrder('solo')

  for (const line of listed(spans)) t.diagnostic(line)
  const names = new Set(spans.map(({ name }) => name))
  const wanted = [
    ...['request', 'orders checkout', 'inventory holdStock', 'promotions takePrice'],
    ...['fraud assessOrder', 'payments authorizePayment', 'payments capturePayment', 'sql'],
    ...['relay orders.order-paid', 'hear orders.order-paid', 'orders orderForMail', 'mail'],
  ]
  assert.deepEqual(
    wanted.filter((name) => !names.has(name)),
    [],
  )
})
