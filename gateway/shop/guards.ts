import type { Cache } from '@shop/kit/cache'
import type { Limits } from '@shop/kit/limits'
import { cacheStep } from '../cache/step.ts'
import { costStep } from '../cost/step.ts'
import { rateStep } from '../rate/step.ts'
import type { Step } from '../request.ts'
import { shedStep } from '../shed/step.ts'

/** What an operation and a client may cost. A page of a hundred products with their variants is about 3,000. */
export interface Costs {
  readonly most: number
  readonly capacity: number
  readonly perSecond: number
}

export const usualCosts: Costs = { most: 50_000, capacity: 2_000_000, perSecond: 100_000 }

/** What stands between a valid operation and its plan, for clients from outside. */
export const guardsOf = (
  { limits, cache }: { limits: Limits; cache: Cache },
  { most, ...budget }: Costs = usualCosts,
): Step[] => [
  shedStep(),
  costStep({ most, listSize: 10, budget: { limits, ...budget } }),
  rateStep(limits),
  cacheStep({ cache }),
]
