import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Identity } from '@shop/kit/identity'
import { newId } from '@shop/kit/ids'
import { localLink } from '@shop/kit/link'
import { silent, wish } from '@shop/kit/testing'
import {
  holding,
  inventoryWith,
  keeper,
  mug,
  north,
  ordersFor,
  south,
  type World,
} from './world.ts'

/** `HOLD_ROUNDS=20` for more of the same. */
const [rounds, shoppers, units] = [Number(wish('HOLD_ROUNDS') ?? 5), 1000, 100]

const holdStock = /* GraphQL */ `
  mutation ($input: HoldStockInput!) {
    holdStock(input: $input) { __typename ... on StockShort { variants { id } } }
  }
`

/** A hundred of something new, in two warehouses. */
async function shelved(shop: World): Promise<string> {
  const variantId = newId()
  await shop.database.run(
    `insert into stock_levels (variant_id, warehouse_id, on_hand) values ($1, $2, 60), ($1, $3, 40)`,
    [variantId, north, south],
  )
  return variantId
}

/** Whoever is told that there was no connection to be had asks again, with the same key. */
async function rush(shop: World, variantId: string) {
  const faults: unknown[] = []
  const link = localLink({ ...shop.subgraph, log: silent(faults) })
  const hold = async (identity: Identity, input: object): Promise<string> => {
    const { data } = await link.ask({ document: holdStock, variables: { input }, identity })
    return data?.holdStock.__typename ?? hold(identity, input)
  }
  const kinds = await Promise.all(
    Array.from({ length: shoppers }, () =>
      hold(ordersFor(newId()), { idempotencyKey: newId(), lines: [{ variantId, quantity: 1 }] }),
    ),
  )
  const others = faults.filter((fault) => !String(fault).includes('trying to connect'))
  assert.deepEqual(others, [])
  return Object.fromEntries([...Map.groupBy(kinds, (kind) => kind)].map(([k, v]) => [k, v.length]))
}

async function left(shop: World, variantId: string) {
  const { data } = await shop.ask({
    as: keeper,
    variables: { variantId },
    query: /* GraphQL */ `
      query ($variantId: ID!) {
        _entities(representations: [{ __typename: "ProductVariant", id: $variantId }]) {
          ... on ProductVariant { available stock { onHand held } }
        }
      }
    `,
  })
  return data._entities[0]
}

test('of a thousand shoppers who want one of the last hundred, a hundred get it, every time', async (t) => {
  await using shop = await inventoryWith(0)
  const began = performance.now()

  for (let round = 0; round < rounds; round += 1) {
    const variantId = await shelved(shop)

    const outcomes = await rush(shop, variantId)

    assert.deepEqual(outcomes, { StockShort: shoppers - units, StockHeld: units })
    assert.deepEqual(await left(shop, variantId), {
      available: 0,
      stock: [
        { onHand: 60, held: 60 },
        { onHand: 40, held: 40 },
      ],
    })
    assert.deepEqual(
      await shop.database.run(
        `select count(distinct owner) as owners, sum(quantity) as units
          from hold_lines join holds on holds.id = hold_id
          where variant_id = $1 and state = 'HELD'`,
        [variantId],
      ),
      [{ owners: units, units }],
    )
  }
  const seconds = (performance.now() - began) / 1000
  t.diagnostic(`${Math.round((rounds * shoppers) / seconds)} answers a second`)
})

test('who wants the same at once shares a commit, and one that PostgreSQL refuses harms nobody', async () => {
  await using shop = await inventoryWith(100)
  await shop.database.run('update stock_levels set low_at = 90 where variant_id = $1', [mug])
  const lines = [{ variantId: mug, quantity: 1 }]
  const before = shop.statements.length

  const answers = await Promise.all(
    Array.from({ length: 60 }, (_, at) =>
      shop.ask(holding(at === 30 ? 'zero \0' : `for ${at}`, lines, `shopper ${at}`)),
    ),
  )

  const kinds = answers.map(({ data }) => data?.holdStock.__typename ?? null)
  assert.deepEqual(
    kinds,
    kinds.map((_, at) => (at === 30 ? null : 'StockHeld')),
  )
  assert.equal(await shop.available(), 41)
  const acts = shop.statements.slice(before).filter((each) => each.includes('acts_at_once'))
  assert.ok(acts.length < 45, `${acts.length} trips`)
  const told = await shop.database.run(`select from outbox where name = 'inventory.stock-low'`)
  assert.equal(told.length, 1)
})
