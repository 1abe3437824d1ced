import { insertAll } from '@shop/kit/bulk'
import type { Tx } from '@shop/kit/database'
import type { NewAssessment, Review } from '../domain/assessment.ts'
import { keysOf, type Seen } from '../domain/past-month.ts'
import type { Tables } from './schema.ts'

/** What was thought of an order once, what staff said to it, and by what it is known again. */
export interface PastAssessment {
  readonly made: NewAssessment
  readonly confirmedAt: Date | null
  readonly review: Omit<Review, 'assessmentId' | 'note'> | null
  readonly seen: readonly (Seen & { readonly toldBy: string })[]
}

export async function hasAssessment(tx: Tx<Tables>, id: string): Promise<boolean> {
  const found = tx.selectFrom('assessments').where('id', '=', id).select('id')
  return (await found.executeTakeFirst()) !== undefined
}

const assessment = `id uuid, order_id uuid, decision text, score double precision,
  confidence double precision, reasons text[], rules text[], model_name text, model_version text,
  degraded boolean, computed_at timestamptz, confirmed_at timestamptz, facts jsonb, features jsonb`
const review = `id uuid, assessment_id uuid, state text, opened_at timestamptz,
  decided_at timestamptz, decided_by text`
const sighting = `kind text, hash text, at timestamptz, what text, told_by uuid, order_id uuid,
  email text, card text`

/** Some hundreds, in a statement a table. Nobody is alarmed: it is long over. */
export async function writePast(tx: Tx<Tables>, past: readonly PastAssessment[]): Promise<void> {
  await insertAll(tx, 'assessments', { rows: past.map(rowOf), as: assessment })
  await insertAll(tx, 'reviews', { rows: past.flatMap(reviewOf), as: review })
  const seen = past.flatMap((each) => each.seen.flatMap(sightingsOf))
  await insertAll(tx, 'sightings', { rows: seen, as: sighting })
}

const rowOf = ({ made, confirmedAt: confirmed_at }: PastAssessment) => ({
  ...{ id: made.id, order_id: made.orderId, decision: made.decision, score: made.score },
  ...{ confidence: made.confidence, reasons: made.reasons, rules: made.rules },
  ...{ model_name: made.model.name, model_version: made.model.version },
  ...{ degraded: made.degraded, computed_at: made.computedAt, confirmed_at },
  ...{ facts: made.facts, features: made.features },
})

function reviewOf({ made, review: told }: PastAssessment) {
  if (!told) return []
  const { id, state, openedAt, decidedAt, decidedBy } = told
  return [
    {
      ...{ id, state, assessment_id: made.id, opened_at: openedAt },
      ...{ decided_at: decidedAt, decided_by: decidedBy },
    },
  ]
}

function sightingsOf({ orderId, facts, at, what, toldBy }: PastAssessment['seen'][number]) {
  const { email, card } = facts.keys
  return keysOf(facts).map(([kind, hash]) => ({
    ...{ kind, hash, at, what, told_by: toldBy, order_id: orderId, email, card },
  }))
}
