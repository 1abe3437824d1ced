import { setTimeout } from 'node:timers/promises'
import { newId } from '@shop/kit/ids'
import { watchPoints } from '@shop/kit/points'
import type { AskedAs } from '@shop/kit/testing'
import type Stripe from 'stripe'
import { ada, authorizing, capturing, receiving, refunding, type World } from './world.ts'

/** The six that tell of one order from its making to a refund. */
const told = [
  'payment_intent.created',
  'payment_intent.requires_action',
  'payment_intent.amount_capturable_updated',
  'payment_intent.succeeded',
  'charge.succeeded',
  'charge.refunded',
] as const

/** Every order of so many places: 720 of six. */
export function ordersOf(places: number): number[][] {
  if (places === 0) return [[]]
  return ordersOf(places - 1).flatMap((order) =>
    Array.from({ length: places }, (_, at) => order.toSpliced(at, 0, places - 1)),
  )
}

export interface Shuffled {
  readonly order: readonly number[]
  /** Which of the six never comes, and which comes twice; none where it is -1. */
  readonly dropped: number
  readonly repeated: number
}

/**
 * Those of which something else is told: the orders of five are reached by the loss of a sixth at any
 * of its places, and what is lost does not come twice.
 */
export function different(all: readonly Shuffled[]): Shuffled[] {
  const told = ({ order, dropped, repeated }: Shuffled) =>
    order
      .filter((place) => place !== dropped)
      .map((place) => (place === repeated ? `${place}${place}` : place))
      .join()
  return [...new Map(all.toReversed().map((each) => [told(each), each])).values()].toReversed()
}

interface Outcome {
  readonly state: string
  readonly captures: number
  /** As it is written here. */
  readonly captured: number
  /** As the provider has it. */
  readonly received: number
  readonly refunded: number
}

export const rightEnd: Outcome = {
  state: 'PARTIALLY_REFUNDED',
  captures: 1,
  captured: 2599,
  received: 2599,
  refunded: 599,
}

/** Of what is captured and of which nothing goes back. */
export const capturedEnd: Outcome = { ...rightEnd, state: 'CAPTURED', refunded: 0 }

const confirming = (orderId: string, idempotencyKey: string): AskedAs => ({
  as: ada,
  variables: { input: { idempotencyKey, orderId } },
  query: `mutation ($input: ConfirmPaymentInput!) {
    confirmPayment(input: $input) { __typename }
  }`,
})

/** By its key until it is answered, as clients do: a machine with other work may refuse it for a moment. */
async function insisted(world: World, request: AskedAs): Promise<void> {
  let told = await world.ask(request)
  for (let tries = 0; told.codes.length > 0 && tries < 20; tries += 1) {
    await setTimeout(100)
    told = await world.ask(request)
  }
  if (told.codes.length > 0) throw new Error(`It was refused: ${told.codes}`)
}

async function asked3ds(world: World): Promise<{ orderId: string; intentId: string }> {
  const orderId = newId()
  const step = { key: `order:${orderId}:authorize`, order: orderId }
  await insisted(world, authorizing('pm_card_threeDSecure2Required', step))
  const isOurs = ({ metadata }: Stripe.PaymentIntent) => metadata.order === orderId
  const [intent] = world.double.store.all('payment_intent', isOurs)
  await world.double.answerBank(intent?.id ?? '', true)
  return { orderId, intentId: intent?.id ?? '' }
}

/** Orders from their making to a refund, side by side; all that is told of each is told in its own order. */
export async function runOrders(world: World, shuffled: readonly Shuffled[]): Promise<Outcome[]> {
  const made = await Promise.all(shuffled.map((each) => refunded(world, each)))
  for (const turn of told.keys()) {
    await Promise.all(made.map((each) => tell(world, each, turn)))
    await world.run('heed-webhooks')
  }
  return endsOf(world, made)
}

type Made = Shuffled & Awaited<ReturnType<typeof asked3ds>>

/** All of it done, and nothing of it told yet. */
async function refunded(world: World, shuffled: Shuffled): Promise<Made> {
  const { orderId, intentId } = await asked3ds(world)
  await insisted(world, confirming(orderId, `client ${orderId}`))
  await insisted(world, capturing(`capture ${orderId}`, orderId))
  await insisted(world, refunding(599, `refund ${orderId}`, orderId))
  return { ...shuffled, orderId, intentId }
}

async function tell(world: World, made: Made, turn: number): Promise<void> {
  const { order, dropped, repeated, intentId } = made
  const place = order[turn] ?? -1
  if (place === dropped) return
  const [event] = world.double.store.all('event', ({ type, data }) => {
    const object = data.object as { id?: string; payment_intent?: string }
    return type === told[place] && [object.id, object.payment_intent].includes(intentId)
  })
  await insisted(world, receiving({ event: event ?? {} }))
  if (place === repeated) await insisted(world, receiving({ event: event ?? {} }))
}

/** Lets one who waits go on, by the seed, whenever all who are at work wait. */
class Gate {
  readonly #chance: () => number
  #active: number
  #waiting: (() => void)[] = []

  constructor(active: number, chance: () => number) {
    this.#active = active
    this.#chance = chance
  }

  wait(): Promise<void> {
    return new Promise((go) => {
      this.#waiting.push(go)
      this.#look()
    })
  }

  leave(): void {
    this.#active -= 1
    this.#look()
  }

  #look(): void {
    if (this.#waiting.length < this.#active || this.#waiting.length === 0) return
    const at = Math.floor(this.#chance() * this.#waiting.length)
    this.#waiting.splice(at, 1)[0]?.()
  }
}

/** The client confirms, the return page confirms, and the webhook comes, between each other's steps. */
export async function interleave(world: World, chance: () => number): Promise<Outcome> {
  const { orderId, intentId } = await asked3ds(world)
  const events = world.double.store.all(
    'event',
    ({ type, data }) =>
      type === 'payment_intent.amount_capturable_updated' &&
      (data.object as { id?: string }).id === intentId,
  )
  await insisted(world, receiving({ event: events[0] ?? {} }))
  await together(chance, [
    () => world.ask(confirming(orderId, `client ${orderId}`)),
    () => world.ask(confirming(orderId, `return ${orderId}`)),
    () => world.run('heed-webhooks'),
  ])
  await together(chance, [
    () => world.ask(capturing(`capture ${orderId}`, orderId)),
    () => world.ask(capturing(`again ${orderId}`, orderId)),
  ])
  await insisted(world, capturing(`at last ${orderId}`, orderId))
  const [end] = await endsOf(world, [{ orderId, intentId }])
  return end as Outcome
}

async function together(
  chance: () => number,
  acts: readonly (() => Promise<unknown> | undefined)[],
) {
  const gate = new Gate(acts.length, chance)
  using _ = watchPoints(() => gate.wait())
  await Promise.all(
    acts.map(async (act) => {
      await act()
      gate.leave()
    }),
  )
}

/** Of many in one look: a connection for each would cost as much as the rest of it. */
async function endsOf(
  world: World,
  made: readonly Readonly<Record<'orderId' | 'intentId', string>>[],
): Promise<Outcome[]> {
  const rows = await world.database.run(
    `select order_id as id, json_build_object('state', state,
      'captures', (select count(*)::integer from transactions
        where payment_id = payments.id and kind = 'CAPTURE'),
      'captured', captured_minor, 'refunded', refunded_minor) as end
      from payments where order_id = any($1)`,
    [made.map(({ orderId }) => orderId)],
  )
  const ends = new Map(rows.map(({ id, end }) => [id, end as Omit<Outcome, 'received'>]))
  return made.map(({ orderId, intentId }) => {
    const { amount_received: received = 0 } =
      world.double.store.get('payment_intent', intentId) ?? {}
    return { ...(ends.get(orderId) as Omit<Outcome, 'received'>), received }
  })
}
