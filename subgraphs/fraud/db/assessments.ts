import type { Connection, Database, Page, Tx } from '@shop/kit/database'
import { announce } from '@shop/kit/events'
import type { Identity } from '@shop/kit/identity'
import { newId } from '@shop/kit/ids'
import { sql } from 'kysely'
import { type Assessment, isSuspect, type NewAssessment } from '../domain/assessment.ts'
import type { Decision } from '../domain/decide.ts'
import type { OrderFacts } from '../domain/order-facts.ts'
import type { Ended } from '../domain/simulate-rule.ts'
import { fraudConfirmed, fraudSuspected } from '../events.ts'
import type { Tables } from './schema.ts'
import { see } from './sightings.ts'

const columns = [
  'id',
  'order_id as orderId',
  'decision',
  'score',
  'confidence',
  'reasons',
  'rules',
  'model_name as modelName',
  'model_version as modelVersion',
  'degraded',
  'is_from_event as isFromEvent',
  'computed_at as computedAt',
  'confirmed_at as confirmedAt',
] as const

type Row = Omit<Assessment, 'model'> & { modelName: string; modelVersion: string }

const assessmentFrom = ({ modelName: name, modelVersion: version, ...rest }: Row): Assessment => ({
  ...rest,
  model: { name, version },
})

const newestFirst = {
  name: 'newest',
  by: sql`computed_at`,
  type: 'timestamptz',
  descending: true,
} as const

export class Assessments {
  readonly #db: Database<Tables>
  readonly #caller: Identity

  constructor(db: Database<Tables>, caller: Identity) {
    this.#db = db
    this.#caller = caller
  }

  withIds(ids: readonly string[]): Promise<Assessment[]> {
    return this.#read('id', ids)
  }

  ofOrders(orderIds: readonly string[]): Promise<Assessment[]> {
    return this.#read('order_id', orderIds)
  }

  async #read(by: 'id' | 'order_id', ids: readonly string[]): Promise<Assessment[]> {
    const rows = await this.#db.see(this.#caller, (tx) =>
      tx.selectFrom('assessments').where(by, 'in', ids).select(columns).execute(),
    )
    return rows.map(assessmentFrom)
  }

  async ofOrder(orderId: string): Promise<Assessment | null> {
    const [found] = await this.ofOrders([orderId])
    return found ?? null
  }

  async factsOf(orderId: string): Promise<OrderFacts | null> {
    const found = await this.#db.see(this.#caller, (tx) =>
      tx
        .selectFrom('assessments')
        .where('order_id', '=', orderId)
        .select('facts')
        .executeTakeFirst(),
    )
    return found?.facts ?? null
  }

  async page(decision: Decision | null, page: Page): Promise<Connection<Assessment>> {
    const found = await this.#db.see(this.#caller, (tx) => {
      const all = tx.selectFrom('assessments').select(columns)
      const wanted = decision ? all.where('decision', '=', decision) : all
      return this.#db.page(wanted, { page, sort: newestFirst })
    })
    const edges = found.edges.map(({ cursor, node }) => ({ cursor, node: assessmentFrom(node) }))
    return { ...found, edges, nodes: edges.map(({ node }) => node) }
  }

  /** Writes it down with what follows from it, or nothing where the order has one that stays. */
  add(made: NewAssessment): Promise<Assessment> {
    return this.#db.as(this.#caller, async (tx) => {
      const id = await write(tx, made)
      if (id) {
        const { facts, features: _, ...assessment } = made
        const { orderId, computedAt: now } = made
        await see(tx, { orderId, facts, now, what: 'ORDER', toldBy: id })
        if (isSuspect(made.decision)) await suspect(tx, { ...made, id })
        return { ...assessment, id, confirmedAt: null }
      }
      const row = await tx
        .selectFrom('assessments')
        .where('order_id', '=', made.orderId)
        .select(columns)
        .executeTakeFirstOrThrow()
      return assessmentFrom(row)
    })
  }

  /** Once for an order; nothing where it was never assessed. */
  confirm(orderId: string, now: Date): Promise<void> {
    return this.#db.as(this.#caller, async (tx) => {
      const confirmed = await tx
        .updateTable('assessments')
        .set({ confirmed_at: now })
        .where('order_id', '=', orderId)
        .where('confirmed_at', 'is', null)
        .returning(['id', 'facts'])
        .executeTakeFirst()
      if (!confirmed) return
      const { id, facts } = confirmed
      await see(tx, { orderId, facts, now, what: 'FRAUD', toldBy: id })
      await announce(tx, fraudConfirmed, [{ aggregateId: id, occurredAt: now, data: { orderId } }])
    })
  }

  /** Held or refused since then, oldest first; at most the newest hundred. */
  async suspectsSince(time: Date): Promise<Assessment[]> {
    const rows = await this.#db.see(this.#caller, (tx) =>
      tx
        .selectFrom('assessments')
        .where('decision', 'in', ['REVIEW', 'REJECT'])
        .where('computed_at', '>=', time)
        .orderBy('computed_at', 'desc')
        .limit(100)
        .select(columns)
        .execute(),
    )
    return rows.map(assessmentFrom).toReversed()
  }

  history(since: Date, most: number): Promise<Ended[]> {
    return this.#db.see(this.#caller, (tx) =>
      tx
        .selectFrom('assessments')
        .where('computed_at', '>=', since)
        .orderBy('computed_at', 'desc')
        .limit(most)
        .select([
          'id as assessmentId',
          'features',
          'score',
          sql<boolean>`confirmed_at is not null`.as('isFraud'),
        ])
        .execute(),
    )
  }
}

const replaced = [
  ...['decision', 'score', 'confidence', 'reasons', 'rules', 'model_name', 'model_version'],
  ...['degraded', 'is_from_event', 'computed_at', 'facts', 'features'],
] as const satisfies readonly (keyof Tables['assessments'])[]

/**
 * Its id; null where the order has one that stays. One from an event is written over in the same
 * statement, by one that is not, and keeps its id: what was held by it, or found to be fraud, stays.
 */
async function write(tx: Tx<Tables>, made: NewAssessment): Promise<string | null> {
  const { id, decision, score, confidence, reasons, rules, model, degraded } = made
  const written = await tx
    .insertInto('assessments')
    .values({
      ...{ id, decision, score, confidence, reasons, rules, degraded },
      order_id: made.orderId,
      model_name: model.name,
      model_version: model.version,
      is_from_event: made.isFromEvent,
      computed_at: made.computedAt,
      facts: JSON.stringify(made.facts),
      features: JSON.stringify(made.features),
    })
    .onConflict((conflict) =>
      conflict
        .column('order_id')
        .doUpdateSet(
          Object.fromEntries(replaced.map((each) => [each, sql.ref(`excluded.${each}`)])),
        )
        .where('assessments.is_from_event', '=', true)
        .where('excluded.is_from_event', '=', false)
        .where('assessments.confirmed_at', 'is', null)
        .where('assessments.decision', 'in', ['ALLOW', 'REQUIRE_3DS']),
    )
    .returning('id')
    .executeTakeFirst()
  return written?.id ?? null
}

/** What is to be reviewed waits for a person; what is refused is only told. */
async function suspect(tx: Tx<Tables>, made: NewAssessment): Promise<void> {
  const { id: assessmentId, orderId, score, computedAt } = made
  if (made.decision === 'REVIEW') {
    await tx
      .insertInto('reviews')
      .values({ id: newId(), assessment_id: assessmentId, opened_at: computedAt })
      .execute()
  }
  const data = { orderId, assessmentId, score }
  await announce(tx, fraudSuspected, [{ aggregateId: assessmentId, occurredAt: computedAt, data }])
}
