import { type Checkout, isUnjudged } from './checkout-machine.ts'
import type { Plan } from './plan.ts'
import type { CartPrice } from './price.ts'

/** A checkout as it stands. */
export interface Walking {
  readonly orderId: string
  readonly cartId: string
  readonly owner: string
  /** Counts who had it: what was decided under an older number is not done. */
  readonly lease: number
  readonly tries: number
  /** Of a bank that is waited for, then of staff. */
  readonly deadlineAt: Date | null
  readonly isExtended: boolean
  readonly checkout: Checkout
}

/** Held by one runner, until then. */
export interface Leased extends Walking {
  readonly leaseUntil: Date
}

/** What a checkout becomes. */
export interface Recording {
  readonly checkout: Checkout
  /** When somebody else may take it; null for one that is over. */
  readonly dueAt: Date | null
  readonly at: Date
  readonly tries: number
  readonly deadlineAt: Date | null
  readonly isExtended: boolean
}

/** What a step is told. */
export interface Facts {
  readonly orderId: string
  readonly owner: string
  readonly plan: Plan
  readonly needs3ds: boolean
  /** Keeps what it would cost now, for the shopper to look at; gives the quote's id. */
  requote(price: CartPrice): Promise<string | null>
}

interface Times {
  readonly now: Date
  readonly leaseMs: number
  readonly reviewMs: number
  /** Of the stock, as it was just told. */
  readonly holdUntil?: Date | undefined
}

/** Before the hold runs out, so that the intent is cancelled while the stock is still ours. */
const marginMs = 120_000

/** What is written of this move, and when somebody else may take it up. */
export function recordingOf(at: Leased, to: Checkout, times: Times): Recording {
  const { now, holdUntil } = times
  const deadlineAt = deadlineOf(at, to, times)
  const tries = to === at.checkout && isAskedAgain(to) ? at.tries + 1 : 0
  return {
    checkout: to,
    at: now,
    tries,
    dueAt: dueOf(at, to, { ...times, tries, deadlineAt }),
    deadlineAt,
    isExtended: at.isExtended || (holdUntil !== undefined && at.checkout.state === 'RESTING'),
  }
}

/** What the order itself becomes by this. */
export function orderMoveOf(
  was: Checkout,
  { checkout, tries }: Recording,
): 'confirmed' | 'at rest' | 'judged' | 'cancelled' | 'none' {
  const { state } = checkout
  // Whoever cannot be reached now must not keep the shopper's cart.
  const isGivenUp = state === 'UNDONE' || (state === 'UNDOING' && tries > 0)
  if (isGivenUp) return 'cancelled'
  if (isUnjudged(was) && checkout !== was && state !== 'UNDOING') return 'judged'
  if (state === was.state) return 'none'
  if (state === 'DONE') return 'confirmed'
  return state === 'RESTING' ? 'at rest' : 'none'
}

/** Whether the shopper is still to be told what came of it. */
export const isUnsettled = ({ checkout: { state }, tries }: Walking): boolean =>
  state === 'WALKING' || (state === 'UNDOING' && tries === 0)

const isAskedAgain = (checkout: Checkout): boolean =>
  checkout.state === 'WALKING' || checkout.state === 'UNDOING' || isUnjudged(checkout)

const after = (now: Date, ms: number) => new Date(now.getTime() + ms)

function deadlineOf(at: Leased, to: Checkout, { now, reviewMs, holdUntil }: Times): Date | null {
  const isNewly = at.checkout.state !== 'RESTING'
  const isNewlyHeld = to.state === 'RESTING' && to.step === 'capture' && isNewly
  if (isNewlyHeld) return after(now, reviewMs)
  return holdUntil ? after(holdUntil, -marginMs) : at.deadlineAt
}

type Due = Times & { readonly tries: number; readonly deadlineAt: Date | null }

function dueOf(at: Leased, to: Checkout, { now, leaseMs, tries, deadlineAt }: Due): Date | null {
  if (to.state === 'DONE' || to.state === 'UNDONE') return null
  if (tries > 0) return after(now, pauseMs(tries, isUnjudged(to) ? longPauseMs : shortPauseMs))
  // Bank or fraud may have answered before anybody rested for it: it is looked once, by us or another.
  const isFirstRest = looksOnce(to) && at.checkout.state !== 'RESTING'
  return to.state === 'RESTING' && !isFirstRest ? deadlineAt : after(now, leaseMs)
}

/** Whether what it rests for is asked for at once, by whoever brought it there. */
export const looksOnce = (to: Checkout): boolean => to.step === 'authorize' || isUnjudged(to)

/** With the pauses between, four minutes: longer than a start takes. Then a person looks. */
export const mostJudgings = 10

const shortPauseMs = 5000
const longPauseMs = 60_000

/** After each failure a little longer, so that a service that comes back is not run over. */
const pauseMs = (tries: number, mostMs: number): number =>
  Math.min(500 * 2 ** Math.min(tries, 10), mostMs)
