import assert from 'node:assert/strict'
import { test } from 'node:test'
import { holding, inventoryWith, keeper, mug, north, south, type World } from './world.ts'

const asKeeper = (field: string, input: object, selection = '{ variant { id } }') => ({
  as: keeper,
  variables: { input: { idempotencyKey: JSON.stringify(input).slice(-200), ...input } },
  query: `mutation ($input: ${field[0]?.toUpperCase()}${field.slice(1)}Input!) {
    ${field}(input: $input) ${selection}
  }`,
})

const at = (warehouseId: string) => ({ variantId: mug, warehouseId })

async function stock(shop: World) {
  const { data } = await shop.ask({
    as: keeper,
    variables: { id: mug },
    query: /* GraphQL */ `
      query ($id: ID!) {
        _entities(representations: [{ __typename: "ProductVariant", id: $id }]) {
          ... on ProductVariant {
            stock { warehouse { code } onHand held available version isLow }
            stockMovements { nodes { kind quantity reason warehouse { code } } }
          }
        }
      }
    `,
  })
  return data._entities[0]
}

test('what is received, found and carried over is in the levels and in the ledger', async () => {
  await using shop = await inventoryWith(5)

  await shop.ask(asKeeper('receiveStock', { ...at(south), quantity: 7, reference: 'D-1' }))
  await shop.ask(
    asKeeper('correctStock', {
      ...at(north),
      expectedVersion: 1,
      difference: -2,
      reason: 'broken',
    }),
  )
  await shop.ask(
    asKeeper('transferStock', {
      variantId: mug,
      fromWarehouseId: south,
      toWarehouseId: north,
      quantity: 4,
    }),
  )

  const { stock: levels, stockMovements } = await stock(shop)
  assert.deepEqual(
    levels.map(({ warehouse, onHand }: { warehouse: { code: string }; onHand: number }) => [
      warehouse.code,
      onHand,
    ]),
    [
      ['N', 7],
      ['S', 3],
    ],
  )
  assert.deepEqual(
    stockMovements.nodes
      .map(({ kind, quantity }: { kind: string; quantity: number }) => `${kind} ${quantity}`)
      .toSorted(),
    ['CORRECTION -2', 'RECEIPT 7', 'TRANSFER -4', 'TRANSFER 4'],
  )
})

test('what is held can be neither lost nor carried away', async () => {
  await using shop = await inventoryWith(5)
  await shop.ask(holding('1', [{ variantId: mug, quantity: 4 }]))

  const lost = await shop.ask(
    asKeeper('correctStock', { ...at(north), expectedVersion: 1, difference: -2, reason: 'x' }),
  )
  const carried = await shop.ask(
    asKeeper('transferStock', {
      variantId: mug,
      fromWarehouseId: north,
      toWarehouseId: south,
      quantity: 2,
    }),
  )

  assert.deepEqual([...lost.codes, ...carried.codes], ['BAD_QUANTITY', 'BAD_QUANTITY'])
  assert.deepEqual((await stock(shop)).stockMovements.nodes, [])
})

test('of two who correct what they saw, the second is told', async () => {
  await using shop = await inventoryWith(5)
  const correct = (difference: number) =>
    shop.ask(
      asKeeper('correctStock', { ...at(north), expectedVersion: 1, difference, reason: 'x' }),
    )

  const answers = await Promise.all([correct(1), correct(2)])

  assert.deepEqual(
    answers.flatMap(({ codes }) => codes),
    ['STALE_VERSION'],
  )
})

test('no such warehouse is not found, and nothing is written', async () => {
  await using shop = await inventoryWith(5)

  const { codes } = await shop.ask(asKeeper('receiveStock', { ...at(mug), quantity: 1 }))

  assert.deepEqual(codes, ['NOT_FOUND'])
})

test('a count sets thousands at once, never below what is held, and once', async () => {
  await using shop = await inventoryWith(5)
  await shop.ask(holding('1', [{ variantId: mug, quantity: 4 }]))
  const levels = [
    { ...at(north), onHand: 2 },
    { ...at(south), onHand: 9, lowAt: 9 },
  ]

  const first = await shop.ask(asKeeper('setStockLevels', { levels }, '{ changed }'))
  const again = await shop.ask(asKeeper('setStockLevels', { levels }, '{ changed }'))

  assert.deepEqual([first.data, again.data], Array(2).fill({ setStockLevels: { changed: 2 } }))
  assert.deepEqual(
    (await stock(shop)).stock.map((level: { onHand: number; held: number; isLow: boolean }) => [
      level.onHand,
      level.held,
      level.isLow,
    ]),
    [
      [4, 4, false],
      [9, 0, true],
    ],
  )
})

test('low is told once, when it becomes so', async () => {
  await using shop = await inventoryWith(5)
  await shop.ask(asKeeper('setLowAt', { ...at(north), lowAt: 3 }))
  for (const key of ['1', '2', '3']) {
    await shop.ask(holding(key, [{ variantId: mug, quantity: 1 }]))
  }

  assert.deepEqual(await shop.database.run('select name, data from outbox'), [
    { name: 'inventory.stock-low', data: { available: 3 } },
  ])
})

test('a variant that changed often is told of once a round', async () => {
  await using shop = await inventoryWith(5)
  for (const key of ['1', '2', '3']) {
    await shop.ask(holding(key, [{ variantId: mug, quantity: 1 }]))
  }
  const [, job] = shop.subgraph.jobs

  await Promise.all([job?.run({}), job?.run({})])

  assert.deepEqual(await shop.database.run('select name, aggregate_id, data from outbox'), [
    { name: 'inventory.stock-changed', aggregate_id: mug, data: { available: 2 } },
  ])
})

test('a list of levels has pages, and can be of what is low or out', async () => {
  await using shop = await inventoryWith(0, 5)
  const query = `query ($only: StockFilter, $after: String) {
    stockLevels(only: $only, first: 2, after: $after) {
      nodes { variant { id } warehouse { code } } pageInfo { endCursor hasNextPage } totalCount
    }
  }`
  const page = async (variables: object) => {
    const { data } = await shop.ask({ as: keeper, query, variables: { ...variables } })
    return data.stockLevels
  }

  const one = await page({})
  const two = await page({ after: one.pageInfo.endCursor })
  const out = await page({ only: 'OUT' })

  assert.deepEqual([one.nodes.length, two.nodes.length, one.totalCount], [2, 1, 3])
  assert.deepEqual(out.nodes, [{ variant: { id: mug }, warehouse: { code: 'N' } }])
})

test('a code belongs to one warehouse', async () => {
  await using shop = await inventoryWith(0)
  const input = { code: 'W-3', name: 'West' }

  const made = await shop.ask(asKeeper('createWarehouse', input, '{ warehouse { code name } }'))
  const taken = await shop.ask(
    asKeeper('createWarehouse', { ...input, name: 'Other' }, '{ warehouse { code } }'),
  )

  assert.deepEqual(made.data.createWarehouse.warehouse, input)
  assert.deepEqual(taken.codes, ['WAREHOUSE_CODE_TAKEN'])
})
