import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { demoShop } from '@shop/demo/demo-shop'
import { logFrom } from '@shop/kit/log'
import { demoPassword } from '../../deploy/solo/demo.ts'
import { trickle } from '../../deploy/solo/live/trickle.ts'
import { Client } from '../journey/sale.ts'
import { shopIn } from '../journey/shop.ts'

test('with --live orders come in by themselves, are paid, and are sent by staff', async (t) => {
  await using shop = await shopIn('solo', t, { products: 40 })
  const staff = new Client(shop?.url ?? '')
  const email = 'selma.support@staff.example.com'
  const { accessToken } = await staff.act('login', { email, password: demoPassword }, 'accessToken')
  staff.token = accessToken
  using board = await staff.follow('subscription { orderStatusChanged { number status } }')
  const { options: demo } = demoShop({ until: new Date('2026-11-01'), products: 40 })
  const log = logFrom({ LOG_LEVEL: 'error' })
  await using live = trickle({
    ...{ url: shop?.url ?? '', demo, password: demoPassword, log, everyMs: 400 },
  })

  const seen = () => new Set(board.seen.map(({ orderStatusChanged: { status } }) => status))
  const wanted = ['CONFIRMED', 'PROCESSING', 'DELIVERED']
  const patience = Date.now() + 120_000
  while (!wanted.every((status) => seen().has(status)) && Date.now() < patience) {
    await setTimeout(200)
  }
  const before = performance.now()
  await live[Symbol.asyncDispose]()

  assert.deepEqual(
    wanted.filter((status) => !seen().has(status)),
    [],
  )
  assert.ok(performance.now() - before < 5000, 'it ends when it is told to')
})
