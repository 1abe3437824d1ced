import { type Condition, conditionFrom, isRefused } from './condition.ts'
import type { Features } from './features.ts'
import { keyKinds } from './past.ts'

export interface Scored {
  /** From 0 to 100. */
  readonly score: number
  /** From 0 to 1. */
  readonly confidence: number
  /** Codes, what weighed most first. */
  readonly reasons: readonly string[]
}

/** What scores: points as below, or a trained model. */
export interface Scorer {
  readonly model: { readonly name: string; readonly version: string }
  score(features: Features): Scored
}

interface Line {
  readonly reason: string
  readonly points: number
  readonly isTrue: Condition
}

const line = (reason: string, points: number, condition: string): Line => {
  const isTrue = conditionFrom(condition)
  if (isRefused(isTrue)) throw new Error(`${reason}: ${isTrue.reason}`)
  return { reason, points, isTrue }
}

const large = (total: number) => `total >= ${total} and currency in ('EUR', 'USD', 'GBP', 'CHF')`

const circumstances: readonly Line[] = [
  line('FRAUD_BEFORE', 60, keyKinds.map((kind) => `frauds_of_${kind}_30d >= 1`).join(' or ')),
  line('COUNTRIES_DIFFER', 15, 'countries_differ'),
  line('VERY_LARGE', 15, large(2000)),
  line('LARGE', 5, large(500)),
  line('MANY_OF_ONE', 5, 'most_of_one >= 10'),
  line('NEW_ACCOUNT', 4, 'is_guest or account_age_days < 1'),
  line('FIRST_ORDER', 4, 'previous_orders = 0'),
]

/**
 * Of what comes often. An office, a school or a phone company is one address to us, so all of these
 * together ask a bank at most: they refuse nobody.
 */
const pace: readonly Line[] = [
  line('PAYMENTS_FAILED', 20, 'failures_of_email_1d >= 3 or failures_of_device_1d >= 3'),
  line('EMAILS_OF_CARD', 15, 'emails_of_card_30d >= 4'),
  line('CARDS_OF_EMAIL', 15, 'cards_of_email_30d >= 4'),
  line('CARD_OFTEN', 10, 'orders_of_card_1h >= 5'),
  line('EMAIL_OFTEN', 10, 'orders_of_email_1h >= 5'),
  line('EMAILS_OF_DEVICE', 10, 'emails_of_device_30d >= 6'),
  line('CLIENT_OFTEN', 5, 'orders_of_client_1h >= 10'),
]
const mostOfPace = 30

/** The first form of scoring: points that people chose. It is no chance, and is not calibrated. */
export const scorecard: Scorer = {
  model: { name: 'scorecard', version: '1' },
  score(features) {
    const found = [...circumstances, ...pace].filter(({ isTrue }) => isTrue(features) === true)
    const score = sumOf(circumstances, found) + Math.min(mostOfPace, sumOf(pace, found))
    const reasons = found.toSorted((a, b) => b.points - a.points).map(({ reason }) => reason)
    return { score: Math.min(100, score), confidence: knownShare(features), reasons }
  },
}

const sumOf = (lines: readonly Line[], found: readonly Line[]) =>
  lines.filter((each) => found.includes(each)).reduce((sum, { points }) => sum + points, 0)

/** Of the lines, the share whose question had an answer: what was asked in the dark is doubted. */
function knownShare(features: Features): number {
  const all = [...circumstances, ...pace]
  const known = all.filter(({ isTrue }) => isTrue(features) !== null)
  return known.length / all.length
}
