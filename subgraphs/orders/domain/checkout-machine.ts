import type { CancelReason } from './order.ts'
import { type Refusal, reasonOf } from './refusal.ts'

export const steps = ['hold', 'price', 'risk', 'authorize', 'commit', 'capture', 'confirm'] as const

export type Step = (typeof steps)[number]

/**
 * RESTING waits for the shopper's bank or for staff. UNDOING goes back over what was done. DONE may
 * still be undone by a cancel; UNDONE stays.
 */
export type CheckoutState = 'WALKING' | 'RESTING' | 'UNDOING' | 'DONE' | 'UNDONE'

/** UNJUDGED waits for an assessment that did not come in its time, PENDING for a person. */
export type Review = 'UNJUDGED' | 'PENDING' | 'RELEASED' | 'REJECTED'

interface StepRule {
  /** Whether it has an undoing: it names the step's key, so it may be asked of what never happened. */
  readonly isUndone: boolean
  /** What becomes of a step of which nobody knows whether it was done. */
  readonly whenUnknown: 'undo' | 'again' | 'go on'
}

/**
 * The walk as data. With a payment in doubt nothing is decided: it is asked again until it is known.
 * Without stock or price there is nothing to be in doubt about: all is undone, and may be tried anew.
 */
export const rules: Readonly<Record<Step, StepRule>> = {
  hold: { isUndone: true, whenUnknown: 'undo' },
  price: { isUndone: true, whenUnknown: 'undo' },
  risk: { isUndone: false, whenUnknown: 'go on' },
  authorize: { isUndone: true, whenUnknown: 'again' },
  commit: { isUndone: true, whenUnknown: 'undo' },
  capture: { isUndone: false, whenUnknown: 'again' },
  confirm: { isUndone: false, whenUnknown: 'again' },
}

export interface Checkout {
  readonly state: CheckoutState
  readonly step: Step
  /** The first goes first. */
  readonly toUndo: readonly Step[]
  readonly reason: CancelReason | null
  readonly refusal: Refusal | null
  readonly cancel: 'BY_SHOPPER' | 'BY_STAFF' | null
  readonly review: Review | null
  readonly needs3ds: boolean
}

export const begun: Checkout = {
  state: 'WALKING',
  step: 'hold',
  toUndo: [],
  reason: null,
  refusal: null,
  cancel: null,
  review: null,
  needs3ds: false,
}

/** What came of a step, or came from outside while it stood. */
export type Happening =
  | {
      readonly kind: 'done'
      readonly review?: Review | null
      readonly needs3ds?: boolean
      /** Of the hold that was taken. */
      readonly holdUntil?: Date
    }
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly reason?: CancelReason }
  /** It may have been done and is not to be: it is undone with the others. */
  | { readonly kind: 'barred'; readonly refusal?: Refusal; readonly reason: CancelReason }
  | { readonly kind: 'waits' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'undone'; readonly step: Step }
  | { readonly kind: 'expired' }
  /** The shopper's bank did, and said yes. */
  | { readonly kind: 'answered' }
  /** What was thought of it came after all, or nobody waits for it any longer. */
  | { readonly kind: 'judged'; readonly review: Exclude<Review, 'UNJUDGED'> }
  /** Nothing but that somebody looks at its flags. */
  | { readonly kind: 'looked' }

/** Where it goes from here; the same object where what happened changes nothing. */
export function moved(checkout: Checkout, happening: Happening): Checkout {
  const { state } = checkout
  switch (state) {
    case 'WALKING':
      return whileWalking(checkout, happening)
    case 'RESTING':
      return whileResting(checkout, happening)
    case 'UNDOING':
      return happening.kind === 'undone' ? back(checkout, happening.step) : checkout
    case 'DONE':
    case 'UNDONE':
      return flagged(checkout)
  }
}

function whileWalking(checkout: Checkout, happening: Happening): Checkout {
  switch (happening.kind) {
    case 'done':
      return forward(checkout, happening)
    case 'refused':
      return refused(checkout, happening)
    case 'barred':
      return barred(checkout, happening)
    case 'unknown':
      return unknown(checkout)
    case 'waits':
      return checkout.step === 'authorize' ? flagged({ ...checkout, state: 'RESTING' }) : checkout
    case 'expired':
      return checkout.step === 'authorize' ? undoing(checkout, 'EXPIRED') : checkout
    case 'looked':
      return flagged(checkout)
    case 'undone':
    case 'answered':
    case 'judged':
      return checkout
  }
}

function whileResting(checkout: Checkout, happening: Happening): Checkout {
  const waitsForBank = checkout.step === 'authorize'
  switch (happening.kind) {
    case 'answered':
      return waitsForBank ? forward(checkout, { kind: 'done' }) : checkout
    case 'refused':
      return waitsForBank ? refused(checkout, happening) : checkout
    case 'expired':
      return undoing(checkout, waitsForBank ? 'EXPIRED' : 'REJECTED')
    case 'judged':
      return flagged(isUnjudged(checkout) ? { ...checkout, review: happening.review } : checkout)
    case 'looked':
    case 'waits':
    case 'unknown':
      return flagged(checkout)
    default:
      return checkout
  }
}

/** It rests for nothing but what fraud did not say in its time. */
export const isUnjudged = ({ state, step, review }: Checkout): boolean =>
  state === 'RESTING' && step === 'capture' && review === 'UNJUDGED'

/** What a cancel, or a word of staff, makes of it; both are flags that are looked at between steps. */
export function flagged(checkout: Checkout): Checkout {
  const { state, step, cancel, review } = checkout
  if (cancel) {
    // With the money being taken it is too late to stop: what follows then gives it back.
    const isTooLate = state === 'WALKING' && step === 'capture'
    const isGoingBack = state === 'UNDOING' || state === 'UNDONE'
    return isGoingBack || isTooLate ? checkout : undoing(checkout, cancel)
  }
  if (state !== 'RESTING') return checkout
  if (review === 'REJECTED') return undoing(checkout, 'REJECTED')
  return review === 'RELEASED' && step === 'capture' ? { ...checkout, state: 'WALKING' } : checkout
}

type Done = Extract<Happening, { kind: 'done' }>

function forward(checkout: Checkout, { review, needs3ds }: Done): Checkout {
  if (checkout.cancel) return undoing(checkout, checkout.cancel)
  const next = steps[steps.indexOf(checkout.step) + 1] ?? 'confirm'
  const isJudged = checkout.step === 'risk'
  const known = {
    ...checkout,
    step: next,
    // What was suspected meanwhile holds too.
    ...(isJudged && { review: checkout.review ?? review ?? null, needs3ds: needs3ds ?? false }),
  }
  if (known.review === 'REJECTED') return undoing(known, 'REJECTED')
  // Nobody is asked to confirm: that the money was taken and that the order is paid is one thing.
  if (next === 'confirm') return { ...known, state: 'DONE' }
  const isHeld = known.review === 'PENDING' || known.review === 'UNJUDGED'
  const waits = next === 'capture' && isHeld
  return { ...known, state: waits ? 'RESTING' : 'WALKING' }
}

type Refused = Extract<Happening, { kind: 'refused' }>

/** The step itself did nothing: what is undone are those before it. */
function refused(checkout: Checkout, { refusal, reason = reasonOf(refusal) }: Refused): Checkout {
  return undone({
    ...checkout,
    state: 'UNDOING',
    refusal,
    reason,
    toUndo: undoable(checkout.step).slice(rules[checkout.step].isUndone ? 1 : 0),
  })
}

type Barred = Extract<Happening, { kind: 'barred' }>

const barred = (checkout: Checkout, { refusal, reason }: Barred): Checkout =>
  undoing({ ...checkout, refusal: refusal ?? checkout.refusal }, reason)

function unknown(checkout: Checkout): Checkout {
  switch (rules[checkout.step].whenUnknown) {
    case 'undo':
      return undoing(checkout, 'UNAVAILABLE')
    case 'go on':
      return forward(checkout, { kind: 'done' })
    case 'again':
      return checkout
  }
}

const undoing = (checkout: Checkout, reason: CancelReason): Checkout => ({
  ...checkout,
  state: 'UNDOING',
  reason,
  toUndo: undoable(checkout.step),
})

/** The last is undone first, the one at hand among them. */
function undoable(step: Step): Step[] {
  const until = steps.slice(0, steps.indexOf(step) + 1)
  return until.filter((each) => rules[each].isUndone).toReversed()
}

const back = (checkout: Checkout, step: Step): Checkout =>
  undone({ ...checkout, toUndo: checkout.toUndo.filter((each) => each !== step) })

const undone = (checkout: Checkout): Checkout =>
  checkout.toUndo.length === 0 ? { ...checkout, state: 'UNDONE' } : checkout
