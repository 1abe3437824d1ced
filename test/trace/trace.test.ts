import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { found } from '../canary/campaign.ts'
import { listed } from './listing.ts'
import { openTraced, tracedOrder } from './order.ts'

const traced = await openTraced('solo')
after(() => traced[Symbol.asyncDispose]())

test('one order is one trace, from the client’s request through subgraphs, SQL, relay and job to the mail', async (t) => {
  const spans = await tracedOrder(traced)

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

test('what a shopper tells the shop stands in no log, trace, metric, event, queue or answer to another, also when it fails', async () => {
  assert.deepEqual(await found(traced), [])
})
