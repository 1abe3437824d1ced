import type { Clock } from '@shop/kit/clock'
import { type Asked, ownerOf } from '@shop/kit/identity'

interface Needs extends Asked {
  clock: Clock
  steps: {
    /** Gives back what the step took; of one that was never heard of, keeps that it is undone. */
    release(stepKey: string, owner: string, now: Date): Promise<Date>
  }
}

export interface PriceReleased {
  readonly kind: 'PriceReleased'
  /** ISO 8601: it is kept as JSON. */
  readonly at: string
}

/** The undoing of `takePrice`, however far that came. */
export async function releasePrice(
  { clock, identity, steps }: Needs,
  { stepKey }: { stepKey: string },
): Promise<PriceReleased> {
  const at = await steps.release(stepKey, ownerOf(identity), clock.now())
  return { kind: 'PriceReleased', at: at.toISOString() }
}
