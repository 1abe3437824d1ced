import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '@shop/kit/ids'
import { atPoint } from '@shop/kit/points'
import { cartOf, checkingOut, quoteFor, readyToBuy } from './shopping.ts'
import { ada, ben, ordersWith, type World } from './world.ts'

const forward = [
  'holdStock',
  'takePrice',
  'assessOrder',
  'authorizePayment',
  'commitHold',
  'capturePayment',
]
const undos = ['returnHold', 'voidPayment', 'releasePrice', 'releaseHold']
const steps = ['hold', 'price', 'risk', 'authorize', 'commit', 'capture'] as const

class Killed extends Error {}

const killed = () => {
  throw new Killed('as if the process had ended here')
}

const ends = async ({ database }: World) => {
  const [row] = await database.run(
    'select status, state, to_undo from orders join checkouts on order_id = orders.id',
  )
  return [row?.status, row?.state, row?.to_undo]
}

/** The runner is gone; whoever sweeps after its lease goes on. A row that is locked just then is for the next sweep. */
async function swept(shop: World): Promise<void> {
  const unsettled = `select from checkouts where state in ('WALKING', 'UNDOING')`
  for (let sweeps = 0; sweeps < 3; sweeps++) {
    shop.later(20_001)
    await shop.sweep()
    if ((await shop.database.run(unsettled)).length === 0) return
  }
}

for (const step of [...steps, 'confirm']) {
  for (const place of ['before', 'in', 'after']) {
    test(`a runner that dies at orders.${step}.${place} leaves an order that is finished by another`, async () => {
      await using shop = await ordersWith()
      const buying = await readyToBuy(shop, ada)
      const gone = Promise.withResolvers<void>()
      let asked: Promise<unknown>
      {
        using _ = atPoint(`orders.${step}.${place}`, () => {
          gone.resolve()
          killed()
        })
        asked = shop.ask(buying)
        await gone.promise
      }

      await swept(shop)
      await asked

      assert.deepEqual(await ends(shop), ['CONFIRMED', 'DONE', []])
      const keys = shop.standIn.said
        .filter(({ operation }) => forward.includes(operation))
        .map(({ operation, variables }) => `${operation} ${variables.input.idempotencyKey}`)
      assert.equal(new Set(keys).size, 6)
      assert.ok(keys.length <= 7, 'at most the step at hand is asked twice, by its key')
    })
  }
}

for (const step of ['commit', 'authorize', 'price', 'hold']) {
  for (const place of ['before', 'in', 'after']) {
    test(`a runner that dies at orders.undo-${step}.${place} leaves nothing half undone`, async () => {
      await using shop = await ordersWith()
      const buying = await readyToBuy(shop, ada)
      shop.standIn.answers('commitHold', () => new Promise(() => {}))
      {
        using _ = atPoint(`orders.undo-${step}.${place}`, killed)
        shop.ask(buying).catch(() => {})
        for (let tries = 0; tries < 500 && !(await hasLeft(shop, step, place)); tries++) {
          await new Promise((wake) => setTimeout(wake, 20))
        }
      }

      await swept(shop)

      assert.deepEqual(await ends(shop), ['CANCELLED', 'UNDONE', []])
      const asked = shop.standIn.asked(...undos)
      assert.deepEqual([...new Set(asked)], undos)
      assert.ok(asked.length <= 5, 'at most the undoing at hand is asked twice, by its key')
      assert.equal((await shop.ask(cartOf(ada))).data.cart.checkout, null)
    })
  }
}

/** Whether the undoing has come to where its runner dies. */
async function hasLeft({ standIn, database }: World, step: string, place: string) {
  const order = ['commit', 'authorize', 'price', 'hold']
  const at = order.indexOf(step)
  const asked = standIn.asked(...undos).length
  const [row] = await database.run('select cardinality(to_undo) as left, state from checkouts')
  if (row?.state === 'WALKING') return false
  if (place === 'before') return row?.left === 4 - at && asked === at
  return place === 'in' ? asked === at + 1 : row?.left === 3 - at
}

test('a runner that stood still while its lease ran out does nothing more', async () => {
  await using shop = await ordersWith()
  const buying = await readyToBuy(shop, ada)
  let asks = 0
  using _ = atPoint('orders.commit.in', async () => {
    if (asks++ > 0) return
    shop.later(60_000)
    await shop.sweep()
  })

  const { data } = await shop.ask(buying)

  assert.equal(data.checkout.order.status, 'CONFIRMED')
  assert.equal(shop.standIn.asked('capturePayment').length, 1)
  assert.deepEqual(await shop.database.run('select lease from checkouts'), [{ lease: 2 }])
})

test('two sweeps at once take a walk once', async () => {
  await using shop = await ordersWith()
  const buying = await readyToBuy(shop, ada)
  {
    using _ = atPoint('orders.authorize.before', killed)
    await shop.ask(buying)
  }
  await using another = await shop.another()
  shop.later(20_001)

  await Promise.all([shop.sweep(), another.jobs[0]?.run({})])

  assert.deepEqual(await ends(shop), ['CONFIRMED', 'DONE', []])
  assert.equal(shop.standIn.asked('authorizePayment').length, 1)
})

test('two checkouts of a cart are one order, whoever comes second is told of it', async () => {
  await using shop = await ordersWith({ at: '\n        with cart as', of: 2 })
  const first = await readyToBuy(shop, ada)
  const input = { ...first.variables.input, idempotencyKey: newId() }

  const answers = await Promise.all([shop.ask(first), shop.ask({ ...first, variables: { input } })])

  const orders = answers.map(({ data }) => data.checkout.order)
  assert.deepEqual(orders[0], orders[1])
  assert.equal(orders[0].status, 'CONFIRMED')
  assert.deepEqual(await shop.database.run('select count(*) as n from orders'), [{ n: 1 }])
  assert.deepEqual(shop.standIn.asked(...forward), forward)
})

test('fifty repeats of a key are one order: done, or told that it is being done', async () => {
  await using shop = await ordersWith()
  const buying = await readyToBuy(shop, ada)

  const answers = await Promise.all(Array.from({ length: 50 }, () => shop.ask(buying)))
  const after = await shop.ask(buying)

  const codes = new Set(answers.flatMap((answer) => answer.codes))
  assert.ok([...codes].every((code) => code === 'IN_PROGRESS'))
  const told = answers.filter((answer) => answer.codes.length === 0)
  assert.ok(told.every(({ data }) => data.checkout.order.id === after.data.checkout.order.id))
  assert.deepEqual(shop.standIn.asked(...forward), forward)
})

test('a key used for something else is a conflict, and another’s key is nobody’s', async () => {
  await using shop = await ordersWith()
  const buying = await readyToBuy(shop, ada)
  await shop.ask(buying)
  const { idempotencyKey } = buying.variables.input

  const other = await shop.ask({
    ...buying,
    variables: { input: { ...buying.variables.input, email: 'eve@example.org' } },
  })
  const bens = await shop.ask(await readyToBuy(shop, ben, { idempotencyKey }))

  assert.deepEqual(other.codes, ['IDEMPOTENCY_CONFLICT'])
  assert.equal(bens.data.checkout.order.status, 'CONFIRMED')
})

test('a cart that is changed while its order is made is not what is bought', async () => {
  await using shop = await ordersWith()
  const buying = await readyToBuy(shop, ada)
  const quote = await quoteFor(shop, ada)
  await shop.database.run('update carts set version = version + 1')

  const { data } = await shop.ask(buying)
  await shop.database.run('update carts set version = version - 1')
  const again = await shop.ask(checkingOut(ada, quote))

  assert.equal(data.checkout.__typename, 'CartChanged')
  assert.equal(again.data.checkout.order.total.amountMinor, 2500)
})
