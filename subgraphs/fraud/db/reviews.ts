import type { Connection, Database, Page } from '@shop/kit/database'
import { announce } from '@shop/kit/events'
import type { Identity } from '@shop/kit/identity'
import { sql } from 'kysely'
import type { Review, ReviewState } from '../domain/assessment.ts'
import type { Settled } from '../domain/decide-review.ts'
import { reviewDecided } from '../events.ts'
import type { Tables } from './schema.ts'

const columns = [
  'id',
  'assessment_id as assessmentId',
  'state',
  'opened_at as openedAt',
  'decided_at as decidedAt',
  'decided_by as decidedBy',
  'note',
] as const

const longestWaiting = { name: 'oldest', by: sql`opened_at`, type: 'timestamptz' } as const

export class Reviews {
  readonly #db: Database<Tables>
  readonly #caller: Identity

  constructor(db: Database<Tables>, caller: Identity) {
    this.#db = db
    this.#caller = caller
  }

  withIds(ids: readonly string[]): Promise<Review[]> {
    return this.#db.see(this.#caller, (tx) =>
      tx.selectFrom('reviews').where('id', 'in', ids).select(columns).execute(),
    )
  }

  ofAssessments(ids: readonly string[]): Promise<Review[]> {
    return this.#db.see(this.#caller, (tx) =>
      tx.selectFrom('reviews').where('assessment_id', 'in', ids).select(columns).execute(),
    )
  }

  async ofOrder(orderId: string): Promise<Review | null> {
    const found = await this.#db.see(this.#caller, (tx) =>
      tx
        .selectFrom('reviews')
        .where('assessment_id', 'in', (each) =>
          each.selectFrom('assessments').where('order_id', '=', orderId).select('assessments.id'),
        )
        .select(columns)
        .executeTakeFirst(),
    )
    return found ?? null
  }

  page(state: ReviewState, page: Page): Promise<Connection<Review>> {
    return this.#db.see(this.#caller, (tx) => {
      const all = tx.selectFrom('reviews').where('state', '=', state).select(columns)
      return this.#db.page(all, { page, sort: longestWaiting })
    })
  }

  /** Decided and told of in one transaction; false where somebody was quicker. */
  settle({ orderId, decision, by, at, note }: Settled): Promise<boolean> {
    const state = decision === 'RELEASE' ? 'RELEASED' : 'REJECTED'
    return this.#db.as(this.#caller, async (tx) => {
      const settled = await tx
        .updateTable('reviews')
        .set({ state, decided_at: at, decided_by: by, note })
        .where('state', '=', 'OPEN')
        .where('assessment_id', 'in', (each) =>
          each.selectFrom('assessments').where('order_id', '=', orderId).select('assessments.id'),
        )
        .returning('assessment_id as assessmentId')
        .executeTakeFirst()
      if (!settled) return false
      const told = {
        aggregateId: settled.assessmentId,
        occurredAt: at,
        data: { orderId, decision },
      }
      await announce(tx, reviewDecided, [told])
      return true
    })
  }
}
