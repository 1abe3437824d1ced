import { insertAll } from '@shop/kit/bulk'
import type { Tx } from '@shop/kit/database'
import { newId } from '@shop/kit/ids'
import { sql } from 'kysely'
import type { PastSale } from '../domain/past-sale.ts'
import type { Tables } from './schema.ts'

export async function hasSale(tx: Tx<Tables>, id: string): Promise<boolean> {
  const found = tx.selectFrom('holds').where('id', '=', id).select('id')
  return (await found.executeTakeFirst()) !== undefined
}

const hold = `id uuid, owner text, step_key text, reference text, state text,
  expires_at timestamptz, settled_at timestamptz`
const line = 'hold_id uuid, variant_id uuid, warehouse_id uuid, quantity integer'
const movement = `id uuid, variant_id uuid, warehouse_id uuid, kind text, quantity integer,
  reference text, actor text, at timestamptz`

/** Of levels that are there. What is on hand stays as it was counted: see `restocked`. */
export async function writePast(tx: Tx<Tables>, sales: readonly PastSale[]): Promise<void> {
  await insertAll(tx, 'holds', { rows: sales.map(holdOf), as: hold })
  await insertAll(tx, 'hold_lines', { rows: sales.flatMap(linesOf), as: line })
  await insertAll(tx, 'stock_movements', { rows: sales.flatMap(movementsOf), as: movement })
}

/** Of what was sold and stayed so, as much had come at the beginning of each quarter. */
export async function restocked(tx: Tx<Tables>): Promise<void> {
  await sql`
    with sold as (
      select variant_id, warehouse_id, sum(quantity)::integer as quantity,
        date_trunc('quarter', settled_at, 'UTC') as at
      from hold_lines join holds on holds.id = hold_id where state = 'COMMITTED'
      group by variant_id, warehouse_id, 4
    )
    insert into stock_movements (id, variant_id, warehouse_id, kind, quantity, actor, at)
    select uuidv7(at - now()), variant_id, warehouse_id, 'RECEIPT', quantity,
      current_setting('shop.caller'), at
    from sold order by at`.execute(tx)
}

const minutes = 30

const holdOf = ({ id, owner, orderId, state, heldAt, settledAt: settled_at }: PastSale) => ({
  ...{ id, owner, state, settled_at, step_key: `order:${orderId}:hold`, reference: orderId },
  expires_at: new Date(heldAt.getTime() + minutes * 60_000),
})

const linesOf = ({ id: hold_id, lines }: PastSale) =>
  lines.map(({ variantId: variant_id, warehouseId: warehouse_id, quantity }) => ({
    ...{ hold_id, variant_id, warehouse_id, quantity },
  }))

function movementsOf({ orderId: reference, owner: actor, soldAt, ...past }: PastSale) {
  if (!soldAt) return []
  const moved = past.lines.map(({ variantId, warehouseId, quantity }) => ({
    ...{ id: newId(), variant_id: variantId, warehouse_id: warehouseId, reference, actor },
    ...{ kind: 'SALE', quantity: -quantity, at: soldAt },
  }))
  if (past.state !== 'RETURNED') return moved
  const back = ({ quantity, ...rest }: (typeof moved)[number]) => ({
    ...{ ...rest, id: newId(), kind: 'RETURN', quantity: -quantity, at: past.settledAt },
  })
  return [...moved, ...moved.map(back)]
}
