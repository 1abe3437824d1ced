import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '@shop/kit/ids'
import { ask, freshDatabase, standingAt } from '@shop/kit/testing'
import fc from 'fast-check'
import { migrations, open } from '../subgraph.ts'
import { type Command, holdMs, StockModel } from './stock-model.ts'
import { keeper, noon, north, ordersFor, south } from './world.ts'

const warehouses = [north, south]
const step = fc.nat(5)
const [variant, warehouse] = [fc.nat(1), fc.nat(1)]
const line = fc.record({ variant, quantity: fc.integer({ min: 1, max: 7 }) })

const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('hold' as const),
      step,
      lines: fc.array(line, { minLength: 1, maxLength: 3 }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'commitHold' as const,
        'releaseHold' as const,
        'returnHold' as const,
        'extendHold' as const,
      ),
      step,
    }),
  },
  fc.record({
    do: fc.constant('receive' as const),
    variant,
    warehouse,
    quantity: fc.integer({ min: 1, max: 5 }),
  }),
  fc.record({
    do: fc.constant('correct' as const),
    variant,
    warehouse,
    difference: fc.integer({ min: -6, max: 6 }).filter((d) => d !== 0),
    isStale: fc.boolean(),
  }),
  fc.record({
    do: fc.constant('transfer' as const),
    variant,
    from: warehouse,
    quantity: fc.integer({ min: 1, max: 6 }),
  }),
  fc.record({ do: fc.constant('expire' as const), afterSeconds: fc.integer({ min: 5, max: 50 }) }),
)

/** An inventory whose clock can be moved, and in it two variants nobody else has touched. */
async function inventory() {
  await using opening = new AsyncDisposableStack()
  const database = opening.use(await freshDatabase('inventory', migrations))
  await database.run(
    `insert into warehouses values ($1, 'N', 'North', 1), ($2, 'S', 'South', 2)`,
    warehouses,
  )
  let now = noon.getTime()
  const standing = { ...standingAt(noon), clock: { now: () => new Date(now) } }
  const subgraph = opening.use(await open({ databaseUrl: database.url, holdMs }, standing))
  const opened = opening.move()
  return {
    subgraph,
    database,
    pass: (seconds: number) => {
      now += seconds * 1000
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

type Inventory = Awaited<ReturnType<typeof inventory>>

class Shelf {
  readonly #shop: Inventory
  readonly #run = newId()
  readonly variants = [newId(), newId()].toSorted()

  constructor(shop: Inventory) {
    this.#shop = shop
  }

  /** The kind of what was answered, or the code of the refusal. */
  async #act(field: string, given: object): Promise<string> {
    const staff = ['receiveStock', 'correctStock', 'transferStock'].includes(field)
    const type =
      {
        extendHold: 'SettleHold',
        commitHold: 'SettleHold',
        releaseHold: 'SettleHold',
        returnHold: 'SettleHold',
      }[field] ?? `${field[0]?.toUpperCase()}${field.slice(1)}`
    const { data, codes } = await ask(this.#shop.subgraph, {
      as: staff ? keeper : ordersFor('ada'),
      variables: { input: { idempotencyKey: newId(), ...given } },
      query: `mutation ($input: ${type}Input!) { ${field}(input: $input) { __typename } }`,
    })
    return String(codes[0] ?? data[field].__typename)
  }

  #place(variant: number, warehouse: number) {
    return { variantId: this.variants[variant], warehouseId: warehouses[warehouse] }
  }

  do(command: Command, version: number): Promise<string> {
    switch (command.do) {
      case 'hold': {
        const lines = command.lines.map(({ variant, quantity }) => ({
          variantId: this.variants[variant],
          quantity,
        }))
        return this.#act('holdStock', { idempotencyKey: `${this.#run} ${command.step}`, lines })
      }
      case 'receive':
        return this.#act('receiveStock', {
          ...this.#place(command.variant, command.warehouse),
          quantity: command.quantity,
        })
      case 'correct':
        return this.#act('correctStock', {
          ...this.#place(command.variant, command.warehouse),
          difference: command.difference,
          expectedVersion: command.isStale ? version - 1 : version,
          reason: 'counted',
        })
      case 'transfer':
        return this.#act('transferStock', {
          variantId: this.variants[command.variant],
          fromWarehouseId: warehouses[command.from],
          toWarehouseId: warehouses[1 - command.from],
          quantity: command.quantity,
        })
      case 'expire':
        return this.#expire(command.afterSeconds)
      default:
        return this.#act(command.do, { stepKey: `${this.#run} ${command.step}` })
    }
  }

  async #expire(seconds: number): Promise<string> {
    this.#shop.pass(seconds)
    await this.#shop.subgraph.jobs
      .find(({ name }) => name === 'inventory.release-expired-holds')
      ?.run({})
    return 'expired'
  }

  async receiveAll(quantity: number): Promise<void> {
    for (const variant of [0, 1]) {
      for (const warehouse of [0, 1])
        await this.do({ do: 'receive', variant, warehouse, quantity }, 0)
    }
  }

  levels() {
    return this.#shop.database.run(
      `select on_hand as "onHand", held, version from stock_levels
        where variant_id = any($1) order by variant_id, warehouse_id`,
      [this.variants],
    )
  }

  /** What the ledger and the live holds say that levels should be. */
  sums() {
    return this.#shop.database.run(
      `select
        (select sum(quantity)::integer from stock_movements moved
          where moved.variant_id = level.variant_id and moved.warehouse_id = level.warehouse_id) as "onHand",
        (select coalesce(sum(quantity), 0)::integer from hold_lines line join holds on holds.id = hold_id
          where state = 'HELD' and line.variant_id = level.variant_id
            and line.warehouse_id = level.warehouse_id) as held
      from stock_levels level where variant_id = any($1) order by variant_id, warehouse_id`,
      [this.variants],
    )
  }
}

test('whatever is done in whatever order, levels, ledger and holds agree with one another and with the model', async (t) => {
  await using shop = await inventory()
  const seed = Date.now() % 2 ** 31
  t.diagnostic(`seed ${seed}`)
  const asDone = async (commands: readonly Command[]) => {
    const [shelf, model] = [new Shelf(shop), new StockModel(6)]
    await shelf.receiveAll(6)
    for (const command of commands) {
      const key = command.do === 'correct' ? `${command.variant} ${command.warehouse}` : ''
      const told = await shelf.do(command, model.levels.get(key)?.version ?? 0)
      assert.equal(told, model.do(command))
      assert.deepEqual(await shelf.levels(), [...model.levels.values()])
    }
    const kept = [...model.levels.values()].map(({ onHand, held }) => ({ onHand, held }))
    assert.deepEqual(await shelf.sums(), kept)
    assert.ok(kept.every(({ onHand, held }) => 0 <= held && held <= onHand))
  }

  await fc.assert(fc.asyncProperty(fc.array(command, { minLength: 10, maxLength: 40 }), asDone), {
    seed,
    numRuns: 40,
  })
})
