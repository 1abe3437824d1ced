import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Client } from '../journey/sale.ts'
import { shopIn } from '../journey/shop.ts'
import { lastUnit } from './last-unit.ts'

test('of 24 guests who want the last 4 at once, through the gateway, 4 have paid', async (t) => {
  await using shop = await shopIn('solo', t, { products: 12 })
  if (!shop) return
  const keeper = new Client(shop.url)
  const login = { email: 'admin@shop.example', password: shop.adminPassword }
  const { accessToken } = await keeper.act('login', login, 'accessToken')
  keeper.token = accessToken
  const { data } = await keeper.ask('{ products(first: 1) { nodes { variants { id } } } }')
  const variantId = data.products.nodes[0].variants[0].id

  const run = await lastUnit({ url: shop.url, keeper, variantId, buyers: 24, units: 4 })

  assert.deepEqual(
    { paid: run.paid, outcomes: run.outcomes, available: run.available },
    { paid: 4, outcomes: { CONFIRMED: 4, OutOfStock: 20 }, available: 0 },
  )
})
