import type { Clock } from '@shop/kit/clock'
import type { Hold, HoldState } from './hold.ts'

export interface HoldSettled {
  readonly kind: 'HoldSettled'
  readonly holdId: string
}

/** It had ended otherwise before: nothing was changed. */
export interface HoldGone {
  readonly kind: 'HoldGone'
  readonly holdId: string
}

interface Needs {
  clock: Clock
  holds: {
    /** From one state into another, with the stock that goes along; null where no such hold is. */
    settle(stepKey: string, to: Exclude<HoldState, 'HELD'>, now: Date): Promise<Hold | null>
    /** Keeps the undoing of a step that was never heard of, so that it does nothing when it comes. */
    forestall(stepKey: string, now: Date): Promise<void>
    extend(stepKey: string, until: Date): Promise<Hold | null>
  }
  holdMs: number
}

interface OfStep {
  /** The idempotency key of the `holdStock` that took it. */
  readonly stepKey: string
}

/** Sold: what was held leaves the shelf. */
export const commitHold = (needs: Needs, { stepKey }: OfStep) =>
  settled(needs, stepKey, 'COMMITTED')

/** The undoing of `holdStock`, however far that came. */
export async function releaseHold(
  needs: Needs,
  { stepKey }: OfStep,
): Promise<HoldSettled | HoldGone> {
  const outcome = await settled(needs, stepKey, 'RELEASED')
  if (outcome.holdId) return outcome
  await needs.holds.forestall(stepKey, needs.clock.now())
  return { kind: 'HoldSettled', holdId: '' }
}

/** The undoing of `commitHold`: what was sold comes back. */
export const returnHold = (needs: Needs, { stepKey }: OfStep) => settled(needs, stepKey, 'RETURNED')

async function settled(
  { clock, holds }: Needs,
  stepKey: string,
  to: Exclude<HoldState, 'HELD'>,
): Promise<HoldSettled | HoldGone> {
  const hold = await holds.settle(stepKey, to, clock.now())
  const kind = hold?.state === to ? 'HoldSettled' : 'HoldGone'
  return { kind, holdId: hold?.id ?? '' }
}

/** Once: a bank may take its time, and a shelf may not be blocked for good. */
export async function extendHold(
  { clock, holds, holdMs }: Needs,
  { stepKey }: OfStep,
): Promise<HoldSettled | HoldGone> {
  const hold = await holds.extend(stepKey, new Date(clock.now().getTime() + holdMs))
  return { kind: hold?.state === 'HELD' ? 'HoldSettled' : 'HoldGone', holdId: hold?.id ?? '' }
}
