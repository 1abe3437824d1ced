import type { Database, Tx } from '@shop/kit/database'
import type { Identity } from '@shop/kit/identity'
import { type RawBuilder, sql } from 'kysely'
import type { Step } from '../domain/take-price.ts'
import type { Tables } from './schema.ts'

export class PriceSteps {
  readonly #db: Database<Tables>
  readonly #caller: Identity

  constructor(db: Database<Tables>, caller: Identity) {
    this.#db = db
    this.#caller = caller
  }

  /** Whichever of a step and its undoing writes the row first; the other waits, and sees it. */
  begin({ stepKey, orderId, owner, at }: Step): Promise<'begun' | 'undone'> {
    return this.#db.as(this.#caller, async (tx) => {
      const { numInsertedOrUpdatedRows } = await tx
        .insertInto('price_steps')
        .values({ step_key: stepKey, order_id: orderId, owner, at, released_at: null })
        .onConflict((conflict) => conflict.column('step_key').doNothing())
        .executeTakeFirst()
      return numInsertedOrUpdatedRows === 1n ? 'begun' : 'undone'
    })
  }

  release(stepKey: string, owner: string, now: Date): Promise<Date> {
    return this.#db.as(this.#caller, async (tx) => {
      const { rows } = await sql<{ at: Date }>`
        insert into price_steps as step (step_key, owner, at, released_at)
        values (${stepKey}, ${owner}, ${now}, ${now})
        on conflict (step_key) do update
          set released_at = coalesce(step.released_at, excluded.released_at)
        returning released_at as at`.execute(tx)
      await giveBack(tx, sql`step_key = ${stepKey}`, now)
      return rows[0]?.at ?? now
    })
  }

  /** Of an order that is no more. */
  releaseOrder(orderId: string, now: Date): Promise<void> {
    return this.#db.as(this.#caller, (tx) => giveBack(tx, sql`order_id = ${orderId}::uuid`, now))
  }
}

/** It passes over what was given back before. */
async function giveBack(tx: Tx<Tables>, which: RawBuilder<unknown>, now: Date): Promise<void> {
  await sql`
    with locked as (
      select id from vouchers where id in (
        select voucher_id from voucher_uses where released_at is null and ${which}
      ) order by id for update
    ), given as (
      update voucher_uses set released_at = ${now} from locked
      where voucher_id = locked.id and released_at is null and ${which}
      returning voucher_id, owner
    ), shoppers as (
      update voucher_shoppers as shopper set uses = shopper.uses - back.uses
      from (select voucher_id, owner, count(*) as uses from given group by 1, 2) back
      where shopper.voucher_id = back.voucher_id and shopper.owner = back.owner
    )
    update vouchers set uses = vouchers.uses - back.uses
    from (select voucher_id, count(*) as uses from given group by 1) back
    where id = back.voucher_id`.execute(tx)
}
