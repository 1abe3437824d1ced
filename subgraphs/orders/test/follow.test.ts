import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Answer } from '@shop/kit/call'
import type { Identity } from '@shop/kit/identity'
import { nobody, userNamed } from '@shop/kit/identity'
import { newId } from '@shop/kit/ids'
import { localLink } from '@shop/kit/link'
import { silent } from '@shop/kit/testing'
import { adding, readyToBuy } from './shopping.ts'
import { ada, ben, guest, ordersWith, staffWith, type World } from './world.ts'

/** Follows from now on; `next` is the next that is told, `none` that nothing is. */
function following({ subgraph }: World, identity: Identity, document: string) {
  const ending = new AbortController()
  const link = localLink({ ...subgraph, log: silent([]) })
  const events = link.follow({ document, identity, signal: ending.signal })[Symbol.asyncIterator]()
  let waiting: Promise<IteratorResult<Answer>> | null = events.next()
  return {
    async next() {
      const one = await (waiting ?? events.next())
      waiting = null
      return one.value
    },
    async isQuiet() {
      waiting ??= events.next()
      const soon = new Promise((wake) => setTimeout(wake, 100, 'quiet'))
      return (await Promise.race([waiting, soon])) === 'quiet'
    },
    [Symbol.dispose]: () => ending.abort(),
  }
}

const soon = () => new Promise((wake) => setTimeout(wake, 50))

const orders = 'subscription { orderStatusChanged { status timeline { status } } }'

test('one follows one’s own orders, and staff all of them', async () => {
  await using shop = await ordersWith()
  using own = following(shop, userNamed(ada), orders)
  using others = following(shop, userNamed(ben), orders)
  using staff = following(shop, staffWith('orders:read'), orders)
  await soon()

  await shop.ask(await readyToBuy(shop, ada))

  const told = {
    data: {
      orderStatusChanged: {
        status: 'CONFIRMED',
        timeline: [{ status: 'PENDING' }, { status: 'CONFIRMED' }],
      },
    },
  }
  assert.deepEqual(await own.next(), told)
  assert.deepEqual(await staff.next(), told)
  assert.ok(await others.isQuiet())
})

test('who may follow nothing is told so, and it is over', async () => {
  await using shop = await ordersWith()
  using stranger = following(shop, nobody, orders)
  using ofAnother = following(
    shop,
    userNamed(ben),
    `subscription { orderStatusChanged(orderId: "${newId()}") { status } }`,
  )

  const [refused, missed] = [await stranger.next(), await ofAnother.next()]

  assert.deepEqual(
    [refused, missed].map((told) => told?.errors?.[0]?.extensions?.code),
    ['UNAUTHENTICATED', 'NOT_FOUND'],
  )
  assert.deepEqual([await stranger.next(), await ofAnother.next()], [undefined, undefined])
})

test('the walk of a checkout is followed from before it began, by its owner alone', async () => {
  await using shop = await ordersWith()
  const buying = await readyToBuy(shop, guest)
  const { cartId } = buying.variables.input
  const progress = `subscription { checkoutProgress(cartId: "${cartId}") { step state order { status } } }`
  using own = following(shop, guest, progress)
  using others = following(shop, userNamed(ben), progress)
  await soon()
  const waits = Promise.withResolvers<void>()
  shop.standIn.answers('capturePayment', async () => {
    await waits.promise
    return { capturePayment: { __typename: 'PaymentCaptured' } }
  })

  const asking = shop.ask(buying)
  const steps: string[] = []
  for (let step = ''; step !== 'CAPTURE'; ) {
    step = (await own.next())?.data.checkoutProgress.step
    steps.push(step)
  }
  waits.resolve()
  await asking

  assert.deepEqual(
    steps,
    steps.toSorted((a, b) => order(a) - order(b)),
  )
  assert.deepEqual((await own.next())?.data.checkoutProgress, {
    step: 'CONFIRM',
    state: 'DONE',
    order: { status: 'CONFIRMED' },
  })
  assert.ok(await others.isQuiet())
})

const order = (step: string) =>
  ['HOLD', 'PRICE', 'RISK', 'AUTHORIZE', 'COMMIT', 'CAPTURE'].indexOf(step)

test('who follows the cart sees each change of it', async () => {
  await using shop = await ordersWith()
  using own = following(shop, guest, 'subscription { cartUpdated { quantity } }')
  await soon()

  await shop.ask(adding(guest, { quantity: 2 }))
  const first = await own.next()
  await shop.ask(adding(guest))

  assert.deepEqual(first, { data: { cartUpdated: { quantity: 2 } } })
  assert.deepEqual(await own.next(), { data: { cartUpdated: { quantity: 3 } } })
})
