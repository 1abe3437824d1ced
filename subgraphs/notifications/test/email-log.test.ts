import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '@shop/kit/ids'
import { ada, notificationsWith, support } from './world.ts'

const log = `query ($after: String) { emailLog(after: $after) {
  nodes { template state user { id } order { id } } pageInfo { endCursor hasNextPage } totalCount } }`

test('staff see what was mailed and what became of it, a page at a time, and no address', async () => {
  await using shop = await notificationsWith()
  const orderId = newId()
  for (let i = 0; i < 24; i += 1) {
    await shop.hear({
      id: newId(),
      name: 'accounts.verification-requested',
      aggregateId: newId(),
      data: { userId: ada },
    })
  }
  await shop.send()
  shop.wait(1000)
  await shop.hear({ name: 'orders.order-paid', aggregateId: orderId, data: { customerId: null } })

  const first = await shop.ask({ as: support, query: log })
  const { endCursor } = first.data.emailLog.pageInfo
  const second = await shop.ask({ as: support, query: log, variables: { after: endCursor } })
  const intended = await shop.ask({
    as: support,
    query: '{ emailLog(state: INTENDED) { nodes { template } } }',
  })

  assert.deepEqual(first.data.emailLog.nodes[0], {
    template: 'order-paid',
    state: 'INTENDED',
    user: null,
    order: { id: orderId },
  })
  assert.deepEqual(second.data.emailLog.nodes.at(-1), {
    template: 'verify-address',
    state: 'SENT',
    user: { id: ada },
    order: null,
  })
  assert.deepEqual([first.data.emailLog.totalCount, second.data.emailLog.nodes.length], [25, 5])
  assert.deepEqual(intended.data.emailLog.nodes, [{ template: 'order-paid' }])
  assert.doesNotMatch(JSON.stringify([first, second]), /@example/)
})

test('templates are shown to who may change settings, and to nobody else', async () => {
  await using shop = await notificationsWith()
  const query = '{ emailTemplates { name about preview(locale: DE) { subject text html } } }'

  const { data } = await shop.ask({ as: support, query })
  const asShopper = await shop.ask({ as: ada, query })
  const logged = await shop.ask({ as: ada, query: log })

  assert.equal(data.emailTemplates.length, 7)
  assert.equal(data.emailTemplates[0].preview.subject, 'Ist das Ihre Adresse?')
  assert.deepEqual([asShopper.codes, logged.codes], [['FORBIDDEN'], ['FORBIDDEN']])
})
