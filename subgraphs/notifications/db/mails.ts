import type { Connection, Database, Page } from '@shop/kit/database'
import type { Identity } from '@shop/kit/identity'
import { newId } from '@shop/kit/ids'
import { sql } from 'kysely'
import type { Settled } from '../domain/deliver-mail.ts'
import type { IntendedMail, LeasedMail, LoggedMail, MailState } from '../domain/mail.ts'
import type { Tables } from './schema.ts'

const columns = [
  'id',
  'event_id as eventId',
  'template',
  'recipient',
  'state',
  'attempts',
  'reason',
  'intended_at as intendedAt',
  'settled_at as settledAt',
] as const

const newestFirst = {
  name: 'newest',
  by: sql`intended_at`,
  type: 'timestamptz',
  descending: true,
} as const

/** Longer than any sending may take: who took it and said nothing is taken for dead. */
const leaseMs = 120_000

/** From then on nobody will know what became of it. */
const unknownMs = 300_000

export class Mails {
  readonly #db: Database<Tables>
  readonly #caller: Identity

  constructor(db: Database<Tables>, caller: Identity) {
    this.#db = db
    this.#caller = caller
  }

  /** Once for an event, a template and a recipient. */
  async intend(mail: IntendedMail, now: Date): Promise<void> {
    const { eventId, template, recipient, facts, traceparent } = mail
    await this.#db.as(this.#caller, (tx) =>
      tx
        .insertInto('mails')
        .values({
          ...{ id: newId(), template, recipient, traceparent },
          event_id: eventId,
          facts: JSON.stringify(facts),
          intended_at: now,
          due_at: now,
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute(),
    )
  }

  /** The one that has waited longest; nobody else takes it until the lease is over. */
  async lease(now: Date): Promise<LeasedMail | null> {
    const { rows } = await this.#db.one(this.#caller, (tx) =>
      sql<LeasedMail>`
        update mails set attempts = attempts + 1, due_at = ${new Date(now.getTime() + leaseMs)}
        where id = (
          select id from mails where state = 'INTENDED' and due_at <= ${now}
          order by due_at limit 1 for update skip locked
        )
        returning id, event_id as "eventId", template, recipient, facts, traceparent,
          attempts as attempt, intended_at as "intendedAt"`.execute(tx),
    )
    return rows[0] ?? null
  }

  /** From here on it may have arrived. False where somebody else has taken it since. */
  async begin({ id, attempt }: LeasedMail, now: Date): Promise<boolean> {
    const { numUpdatedRows } = await this.#db.one(this.#caller, (tx) =>
      tx
        .updateTable('mails')
        .set({ state: 'SENDING', sending_at: now })
        .where('id', '=', id)
        .where('attempts', '=', attempt)
        .where('state', '=', 'INTENDED')
        .executeTakeFirst(),
    )
    return numUpdatedRows === 1n
  }

  /** What was given up as unknown is still settled by who does know. */
  async settle({ id, attempt }: LeasedMail, { state, reason, dueAt, at }: Settled): Promise<void> {
    await this.#db.one(this.#caller, (tx) =>
      tx
        .updateTable('mails')
        .set({ state, reason, due_at: dueAt, settled_at: state === 'INTENDED' ? null : at })
        .where('id', '=', id)
        .where('attempts', '=', attempt)
        .where('state', 'in', ['INTENDED', 'SENDING', 'UNKNOWN'])
        .execute(),
    )
  }

  /** Whoever was sending these has died of it. */
  async giveUp(now: Date): Promise<void> {
    await this.#db.one(this.#caller, (tx) =>
      tx
        .updateTable('mails')
        .set({ state: 'UNKNOWN', reason: 'SENDER_DIED', settled_at: now })
        .where('state', '=', 'SENDING')
        .where('sending_at', '<', new Date(now.getTime() - unknownMs))
        .execute(),
    )
  }

  page(state: MailState | null, page: Page): Promise<Connection<LoggedMail>> {
    return this.#db.see(this.#caller, (tx) => {
      const all = tx.selectFrom('mails').select(columns)
      const wanted = state ? all.where('state', '=', state) : all
      return this.#db.page(wanted, { page, sort: newestFirst })
    })
  }
}
