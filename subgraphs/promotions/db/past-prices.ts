import { insertAll } from '@shop/kit/bulk'
import type { Tx } from '@shop/kit/database'
import { sql } from 'kysely'
import type { Tables } from './schema.ts'

/** That an order's price was taken once, with its vouchers, and whether it was given back. */
export interface PastPrice {
  readonly orderId: string
  readonly owner: string
  readonly at: Date
  readonly releasedAt: Date | null
  readonly voucherId: string | null
}

const keyOf = (orderId: string) => `order:${orderId}:price`

export async function hasPrice(tx: Tx<Tables>, orderId: string): Promise<boolean> {
  const found = tx.selectFrom('price_steps').where('step_key', '=', keyOf(orderId))
  return (await found.select('step_key').executeTakeFirst()) !== undefined
}

const step = `step_key text, order_id uuid, owner text, at timestamptz, released_at timestamptz`
const use = `voucher_id uuid, step_key text, order_id uuid, owner text, taken_at timestamptz,
  released_at timestamptz`

export async function writePast(tx: Tx<Tables>, prices: readonly PastPrice[]): Promise<void> {
  const steps = prices.map(({ orderId, owner, at, releasedAt }) => ({
    ...{ step_key: keyOf(orderId), order_id: orderId, owner, at, released_at: releasedAt },
  }))
  const uses = prices
    .filter(({ voucherId }) => voucherId !== null)
    .map(({ orderId, owner, at, releasedAt, voucherId }) => ({
      ...{ voucher_id: voucherId, step_key: keyOf(orderId), order_id: orderId, owner },
      ...{ taken_at: at, released_at: releasedAt },
    }))
  await insertAll(tx, 'price_steps', { rows: steps, as: step })
  await insertAll(tx, 'voucher_uses', { rows: uses, as: use })
}

/** Of vouchers that nobody has used yet in any other way. */
export async function countUses(tx: Tx<Tables>): Promise<void> {
  await sql`
    insert into voucher_shoppers (voucher_id, owner, uses)
    select voucher_id, owner, count(*) filter (where released_at is null)
    from voucher_uses group by voucher_id, owner`.execute(tx)
  await sql`
    update vouchers set uses = used.uses
    from (select voucher_id, sum(uses)::integer as uses from voucher_shoppers group by 1) as used
    where id = voucher_id`.execute(tx)
}
