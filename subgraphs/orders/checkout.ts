import type { Clock } from '@shop/kit/clock'
import { remainingMs } from '@shop/kit/deadline'
import { InProgress } from '@shop/kit/errors'
import type { Once } from '@shop/kit/idempotency'
import type { Live } from '@shop/kit/live'
import type { Admission } from './admission.ts'
import type { Checkouts } from './db/checkouts.ts'
import type { CheckoutInput } from './domain/checkout-input.ts'
import { begun } from './domain/checkout-machine.ts'
import { type CheckoutAccepted, outcomeOf } from './domain/checkout-outcome.ts'
import { answerMs } from './domain/order.ts'
import { type NewOrder, type PlacingNeeds, placeOrder } from './domain/place-order.ts'
import type { Refusal } from './domain/refusal.ts'
import { isUnsettled, type Walking } from './domain/walk.ts'
import { topics } from './telling.ts'
import type { Walker } from './walk.ts'

interface Needs {
  readonly once: Once<PlacingNeeds>
  readonly checkouts: Checkouts
  readonly walker: Walker
  readonly admission: Admission
  readonly live: Live
  readonly clock: Clock
  readonly leaseMs: number
}

export type CheckoutAnswer =
  | CheckoutAccepted
  | Refusal
  | { readonly kind: 'CartEmpty' | 'CartChanged' }

/** To read the order and write the answer. */
const spareMs = 1000

/**
 * Three parts: the order and the key are committed; the walk asks others, with no transaction
 * open; and what it came to is told. A repeat meanwhile is told that it is being done.
 */
export async function checkout(needs: Needs, input: CheckoutInput): Promise<CheckoutAnswer> {
  const until =
    performance.now() + Math.min(answerMs, (remainingMs() ?? Number.POSITIVE_INFINITY) - spareMs)
  const { placed, isRepeat } = await begin(needs, input, until)
  if (placed.kind !== 'Placed') return placed
  const at = await needs.checkouts.ofOrder(placed.orderId)
  if (at && isRepeat && isUnsettled(at)) throw new InProgress('This is being done; ask again.')
  const settled = at && isUnsettled(at) ? await settledBy(needs, at, until) : at
  if (!settled) throw new InProgress('This is being done; ask again.')
  return outcomeOf(placed.orderId, settled.checkout)
}

/** Places it and walks it, as one of those who are let in; the walk goes on where time is over. */
async function begin(needs: Needs, input: CheckoutInput, until: number) {
  const leave = await needs.admission.enter(Math.max(0, (until - performance.now()) / 2))
  let walked = Promise.resolve()
  try {
    const { placed, order, isRepeat } = await place(needs, input)
    if (placed.kind === 'Placed' && placed.isOurs && order && !isRepeat) {
      const leaseUntil = new Date(needs.clock.now().getTime() + needs.leaseMs)
      walked = needs.walker.walk(leasedFrom(order, leaseUntil), order.plan)
      await soon(walked, until)
    }
    return { placed, isRepeat }
  } finally {
    void walked.finally(leave)
  }
}

async function place({ once }: Needs, input: CheckoutInput) {
  let isRepeat = true
  let order: NewOrder | undefined
  const placed = await once(
    'checkout',
    (within, given: CheckoutInput) => {
      isRepeat = false
      const place = (made: NewOrder) => {
        order = made
        return within.placing.place(made)
      }
      const look = within.placing.look.bind(within.placing)
      return placeOrder({ ...within, placing: { look, place } }, given)
    },
    input,
  )
  return { placed, order, isRepeat }
}

/** As it was written when it was placed: the first lease is the placer's. */
const leasedFrom = ({ id, cart, owner }: NewOrder, leaseUntil: Date) => ({
  orderId: id,
  cartId: cart.id,
  owner,
  lease: 1,
  tries: 0,
  deadlineAt: null,
  isExtended: false,
  checkout: begun,
  leaseUntil,
})

/** Follows it until it rests or ends, or the time is over. */
async function settledBy({ live, checkouts }: Needs, at: Walking, until: number): Promise<Walking> {
  const ending = new AbortController()
  const timer = setTimeout(() => ending.abort(), Math.max(0, until - performance.now()))
  const news = live.subscribe(topics.checkout(at.cartId), ending.signal)
  try {
    await news.stands
    let now = (await checkouts.ofOrder(at.orderId)) ?? at
    while (isUnsettled(now) && !(await news.next()).done) {
      now = (await checkouts.ofOrder(at.orderId)) ?? now
    }
    return now
  } finally {
    clearTimeout(timer)
    ending.abort()
  }
}

async function soon(work: Promise<void>, until: number): Promise<void> {
  const late = Promise.withResolvers<void>()
  const timer = setTimeout(late.resolve, Math.max(0, until - performance.now()))
  await Promise.race([work, late.promise])
  clearTimeout(timer)
}
