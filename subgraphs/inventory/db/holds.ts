import type { Connection, Database, Page, Tx } from '@shop/kit/database'
import { announce } from '@shop/kit/events'
import { type Identity, ownerOf } from '@shop/kit/identity'
import { isId, newId } from '@shop/kit/ids'
import { sql } from 'kysely'
import type { Hold, HoldLine, HoldState, TakenLine } from '../domain/hold.ts'
import type { Taking } from '../domain/hold-stock.ts'
import { holdExpired } from '../events.ts'
import { announceLow, settle, take } from './hold-statements.ts'
import type { Tables } from './schema.ts'

const columns = [
  'id',
  'owner',
  'step_key as stepKey',
  'reference',
  'state',
  'expires_at as expiresAt',
] as const

type Ended = Exclude<HoldState, 'HELD'>

export class Holds {
  readonly #db: Database<Tables>
  readonly #caller: Identity

  constructor(db: Database<Tables>, caller: Identity) {
    this.#db = db
    this.#caller = caller
  }

  withIds(ids: readonly string[]): Promise<Hold[]> {
    return this.#db.see(this.#caller, (tx) =>
      tx.selectFrom('holds').where('id', 'in', ids).select(columns).execute(),
    )
  }

  linesOf(holdIds: readonly string[]): Promise<TakenLine[]> {
    return this.#db.see(this.#caller, (tx) =>
      tx
        .selectFrom('hold_lines')
        .innerJoin('holds', 'holds.id', 'hold_id')
        .where('hold_id', 'in', holdIds)
        .orderBy('hold_id')
        .orderBy('variant_id')
        .orderBy('warehouse_id')
        .select([
          'hold_id as holdId',
          'variant_id as variantId',
          'warehouse_id as warehouseId',
          'quantity',
        ])
        .execute(),
    )
  }

  of(owner: string, page: Page): Promise<Connection<Hold>> {
    return this.#db.see(this.#caller, (tx) => {
      const own = tx.selectFrom('holds').where('owner', '=', owner).where('state', '=', 'HELD')
      return this.#db.page(own.select(columns), { page })
    })
  }

  /** Takes the stock and writes the hold, or does neither. */
  take(hold: Hold, lines: readonly HoldLine[]): Promise<Taking> {
    const unknown = lines.filter(({ variantId }) => !isId(variantId))
    if (unknown.length > 0) {
      const variantIds = unknown.map(({ variantId }) => variantId)
      return Promise.resolve({ kind: 'short', variantIds })
    }
    return this.#db.as(this.#caller, async (tx) => {
      const { taking, low } = await take(tx, { hold, lines })
      await announceLow(tx, low, hold.expiresAt)
      return taking
    })
  }

  settle(stepKey: string, to: Ended, now: Date): Promise<Hold | null> {
    return this.#db.as(this.#caller, async (tx) => {
      await settle(tx, { which: sql`step_key = ${stepKey}`, to, now })
      return this.#byStep(tx, stepKey)
    })
  }

  async forestall(stepKey: string, now: Date): Promise<void> {
    await this.#db.as(this.#caller, (tx) =>
      sql`insert into holds (id, owner, step_key, state, expires_at, settled_at)
        values (${newId()}, ${ownerOf(this.#caller)}, ${stepKey}, 'RELEASED', ${now}, ${now})
        on conflict do nothing`.execute(tx),
    )
  }

  extend(stepKey: string, until: Date): Promise<Hold | null> {
    return this.#db.as(this.#caller, async (tx) => {
      await tx
        .updateTable('holds')
        .set({ expires_at: until, is_extended: true })
        .where('step_key', '=', stepKey)
        .where('state', '=', 'HELD')
        .where('is_extended', '=', false)
        .execute()
      return this.#byStep(tx, stepKey)
    })
  }

  /** Puts back on sale what expired holds took, and tells of it in the same transaction. */
  expire(now: Date): Promise<number> {
    return this.#db.as(this.#caller, async (tx) => {
      const which = sql`id in (select id from holds where state = 'HELD' and expires_at <= ${now}
        order by expires_at limit 500 for update skip locked)`
      const expired = await settle(tx, { which, to: 'EXPIRED', now })
      const told = expired.map(({ id, reference }) => ({
        aggregateId: id,
        occurredAt: now,
        data: { reference },
      }))
      await announce(tx, holdExpired, told)
      return expired.length
    })
  }

  /** An order that is cancelled gives back what it holds, and what it had already been sold. */
  giveBack(reference: string, now: Date): Promise<void> {
    return this.#db.as(this.#caller, async (tx) => {
      await settle(tx, { which: sql`reference = ${reference}`, to: 'RELEASED', now })
      await settle(tx, { which: sql`reference = ${reference}`, to: 'RETURNED', now })
    })
  }

  async #byStep(tx: Tx<Tables>, stepKey: string): Promise<Hold | null> {
    const query = tx.selectFrom('holds').where('step_key', '=', stepKey).select(columns)
    return (await query.executeTakeFirst()) ?? null
  }
}
