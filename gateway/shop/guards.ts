import type { Cache } from '@shop/kit/cache'
import type { Limits } from '@shop/kit/limits'
import { cacheStep } from '../cache/step.ts'
import { costStep } from '../cost/step.ts'
import { rateStep } from '../rate/step.ts'
import type { Step } from '../request.ts'
import { type Shedding, shedStep, usualShedding } from '../shed/step.ts'
import type { Metrics } from './metrics.ts'

/** What an operation and a client may cost. A page of a hundred products with their variants is about 3,000. */
export interface Costs {
  readonly most: number
  readonly capacity: number
  readonly perSecond: number
}

export const usualCosts: Costs = { most: 50_000, capacity: 2_000_000, perSecond: 100_000 }

interface Guarding {
  readonly limits: Limits
  readonly cache: Cache
  readonly shedding?: Shedding
  readonly metrics?: Metrics
}

/** What stands between a valid operation and its plan, for clients from outside. */
export const guardsOf = (
  { limits, cache, shedding = usualShedding(), metrics }: Guarding,
  { most, ...budget }: Costs = usualCosts,
): Step[] => [
  shedStep(shedding, metrics?.onShed),
  costStep({ most, listSize: 10, budget: { limits, ...budget } }),
  rateStep(limits),
  cacheStep({ cache, ...(metrics && { onLook: metrics.onAnswer }) }),
]
