import type { Tx } from '@shop/kit/database'
import { sql } from 'kysely'
import type { Moving } from '../domain/move-stock.ts'
import type { StockMovement } from '../domain/stock.ts'
import type { Tables } from './schema.ts'

interface Locked {
  readonly variantId: string
  readonly warehouseId: string
  readonly free: number
  readonly version: number
}

const keyOf = ({ variantId, warehouseId }: { variantId: string; warehouseId: string }) =>
  `${variantId} ${warehouseId}`

/** The levels are locked in their order and looked at; then all moves, or nothing does. */
export async function move(
  tx: Tx<Tables>,
  movements: readonly StockMovement[],
  expectedVersion?: number,
): Promise<Moving> {
  const rows = JSON.stringify(movements.map(rowOf))
  await begin(tx, rows)
  const locked = new Map((await lock(tx, rows)).map((level) => [keyOf(level), level]))
  const levels = movements.map((movement) => locked.get(keyOf(movement)))
  if (levels.some((level) => level === undefined)) return 'unknown'
  if (expectedVersion !== undefined && levels[0]?.version !== expectedVersion) return 'stale'
  const isShort = movements.some(({ quantity }, at) => (levels[at]?.free ?? 0) + quantity < 0)
  if (isShort) return 'too few'
  await apply(tx, rows)
  return 'moved'
}

const rowOf = ({ variantId, warehouseId, ...rest }: StockMovement) => ({
  ...rest,
  variant_id: variantId,
  warehouse_id: warehouseId,
})

const given = (rows: string) => sql`jsonb_to_recordset(${rows}::jsonb) as movement(id uuid,
  variant_id uuid, warehouse_id uuid, kind text, quantity integer, reason text, reference text,
  actor text, at timestamptz)`

/** What comes to a shelf where it never was begins there with nothing. */
async function begin(tx: Tx<Tables>, rows: string): Promise<void> {
  await sql`insert into stock_levels (variant_id, warehouse_id)
    select variant_id, warehouse_id from ${given(rows)}
      join warehouses on warehouses.id = warehouse_id
    where quantity > 0 order by variant_id, warehouse_id
    on conflict do nothing`.execute(tx)
}

async function lock(tx: Tx<Tables>, rows: string): Promise<readonly Locked[]> {
  const { rows: locked } = await sql<Locked>`
    select variant_id as "variantId", warehouse_id as "warehouseId", on_hand - held as free, version
    from stock_levels where (variant_id, warehouse_id) in (
      select variant_id, warehouse_id from ${given(rows)}
    ) order by variant_id, warehouse_id for update`.execute(tx)
  return locked
}

async function apply(tx: Tx<Tables>, rows: string): Promise<void> {
  await sql`
    with movement as (select * from ${given(rows)}), levels as (
      update stock_levels level set on_hand = on_hand + movement.quantity, version = version + 1,
        is_low = coalesce(on_hand + movement.quantity - held <= low_at, false)
      from movement
      where level.variant_id = movement.variant_id and level.warehouse_id = movement.warehouse_id
    ), noted as (
      insert into changed_variants select distinct variant_id from movement on conflict do nothing
    )
    insert into stock_movements (id, variant_id, warehouse_id, kind, quantity, reason, reference,
      actor, at)
    select id, variant_id, warehouse_id, kind, quantity, reason, reference, actor, at
    from movement`.execute(tx)
}

/** What was counted on a shelf. */
export interface Shelved {
  readonly variantId: string
  readonly warehouseId: string
  readonly onHand: number
  readonly lowAt?: number | null | undefined
}

/**
 * Never below what is held. Thousands at once: one statement for the levels and the movements. What
 * was there before is joined into the writing, since a row that the statement has written already
 * is not found by a reading that comes after.
 */
export async function putLevels(
  tx: Tx<Tables>,
  shelved: readonly Shelved[],
  now: Date,
): Promise<number> {
  const rows = JSON.stringify(
    shelved.map(({ variantId, warehouseId, onHand, lowAt = null }) => ({
      variant_id: variantId,
      warehouse_id: warehouseId,
      on_hand: onHand,
      low_at: lowAt,
    })),
  )
  const { rows: moved } = await sql`
    with counted as (
      select distinct on (variant_id, warehouse_id) * from jsonb_to_recordset(${rows}::jsonb)
        as row(variant_id uuid, warehouse_id uuid, on_hand integer, low_at integer)
      order by variant_id, warehouse_id
    ), before as (
      select level.variant_id, level.warehouse_id, level.on_hand
      from stock_levels level join counted using (variant_id, warehouse_id)
      order by level.variant_id, level.warehouse_id for update of level
    ), levels as (
      insert into stock_levels as level (variant_id, warehouse_id, on_hand, low_at, is_low)
      select variant_id, warehouse_id, counted.on_hand, counted.low_at,
        coalesce(counted.on_hand <= counted.low_at, false)
      from counted left join before using (variant_id, warehouse_id)
      on conflict (variant_id, warehouse_id) do update
        set on_hand = greatest(excluded.on_hand, level.held), version = level.version + 1,
          low_at = coalesce(excluded.low_at, level.low_at),
          is_low = coalesce(greatest(excluded.on_hand, level.held) - level.held
            <= coalesce(excluded.low_at, level.low_at), false)
      returning level.variant_id, level.warehouse_id, level.on_hand
    ), noted as (
      insert into changed_variants select distinct variant_id from levels on conflict do nothing
    )
    insert into stock_movements (id, variant_id, warehouse_id, kind, quantity, reason, actor, at)
    select uuidv7(), variant_id, warehouse_id, 'CORRECTION',
      levels.on_hand - coalesce(before.on_hand, 0), 'counted', current_setting('shop.caller'), ${now}
    from levels left join before using (variant_id, warehouse_id)
    where levels.on_hand <> coalesce(before.on_hand, 0)
    returning 1`.execute(tx)
  return moved.length
}
