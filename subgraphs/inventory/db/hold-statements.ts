import { prepared, type Tx } from '@shop/kit/database'
import { announce } from '@shop/kit/events'
import { type RawBuilder, sql } from 'kysely'
import type { Hold, HoldLine, HoldState } from '../domain/hold.ts'
import type { Taking } from '../domain/hold-stock.ts'
import { stockLow } from '../events.ts'
import type { Tables } from './schema.ts'

interface Low {
  readonly variantId: string
  readonly available: number
}

interface Taken {
  isUndone: boolean
  short: string[] | null
  low: Low[] | null
}

/**
 * One statement: levels are locked in the order of variant and warehouse, what is free there is
 * laid against what is wanted, and either all of it is taken and written down, or nothing is. The
 * check and the taking are one, so two shoppers cannot both pass the check.
 */
export async function take(tx: Tx<Tables>, hold: Hold, lines: readonly HoldLine[]) {
  const wanted = JSON.stringify(
    lines.map((line) => ({ variant_id: line.variantId, quantity: line.quantity })),
  )
  const { rows } = await sql<Taken>`
    with wanted as (
      select * from jsonb_to_recordset(${wanted}::jsonb) as line(variant_id uuid, quantity integer)
    ), undone as (
      select from holds where step_key = ${hold.stepKey}
    ), locked as (
      select level.variant_id, level.warehouse_id, on_hand - held as free, position, quantity
      from stock_levels level
        join warehouses on warehouses.id = level.warehouse_id
        join wanted using (variant_id)
      where not exists (select from undone)
      order by level.variant_id, position for update of level
    ), laid as (
      select *, sum(free) over (partition by variant_id order by position) - free as before
      from locked
    ), short as (
      select variant_id from wanted
      where quantity > (select coalesce(sum(free), 0) from locked where locked.variant_id = wanted.variant_id)
    ), taking as (
      select variant_id, warehouse_id, least(free, quantity - before)::integer as quantity
      from laid where free > 0 and before < quantity
        and not exists (select from short) and not exists (select from undone)
    ), taken as (
      update stock_levels level
      set held = held + taking.quantity, is_low = coalesce(on_hand - held - taking.quantity <= low_at, false)
      from taking
      where level.variant_id = taking.variant_id and level.warehouse_id = taking.warehouse_id
      returning level.variant_id, level.is_low, on_hand - level.held as available, taking.quantity, low_at
    ), written as (
      insert into holds (id, owner, step_key, reference, state, expires_at)
      select ${hold.id}, ${hold.owner}, ${hold.stepKey}, ${hold.reference}, 'HELD', ${hold.expiresAt}
      where exists (select from taking)
    ), lines as (
      insert into hold_lines (hold_id, variant_id, warehouse_id, quantity)
      select ${hold.id}, variant_id, warehouse_id, quantity from taking
    ), noted as (
      insert into changed_variants select distinct variant_id from taking on conflict do nothing
    )
    select exists (select from undone) as "isUndone",
      (select json_agg(variant_id) from short) as short,
      (select json_agg(json_build_object('variantId', variant_id, 'available', available))
        from taken where is_low and available + quantity > low_at) as low ${prepared}`.execute(tx)
  const { isUndone = false, short = null, low = null } = rows[0] ?? {}
  const taking: Taking = isUndone
    ? { kind: 'undone' }
    : short
      ? { kind: 'short', variantIds: short }
      : { kind: 'taken' }
  return { taking, low: low ?? [] }
}

interface Settling {
  readonly which: RawBuilder<unknown>
  readonly to: Exclude<HoldState, 'HELD'>
  readonly now: Date
}

/** Only what was sold can come back; everything else ends from HELD. */
const fromState = (to: HoldState) => (to === 'RETURNED' ? 'COMMITTED' : 'HELD')

/** One statement, and it passes over what has ended: a hold gives its stock back, or sells it, once. */
export async function settle(tx: Tx<Tables>, { which, to, now }: Settling) {
  const onHand = { COMMITTED: -1, RETURNED: 1, RELEASED: 0, EXPIRED: 0 }[to]
  const held = to === 'RETURNED' ? 0 : -1
  const kind = to === 'COMMITTED' ? 'SALE' : 'RETURN'
  const { rows } = await sql<{ id: string; reference: string | null }>`
    with settled as (
      update holds set state = ${to}, settled_at = ${now}
      where state = ${fromState(to)} and ${which}
      returning id, reference
    ), lines as (
      select line.*, reference from hold_lines line join settled on settled.id = hold_id
    ), sums as (
      select variant_id, warehouse_id, sum(quantity)::integer as quantity
      from lines group by variant_id, warehouse_id
    ), locked as (
      select level.variant_id, level.warehouse_id, sums.quantity
      from stock_levels level join sums using (variant_id, warehouse_id)
      order by level.variant_id, level.warehouse_id for update of level
    ), levels as (
      update stock_levels level
      set on_hand = on_hand + ${sql.lit(onHand)} * quantity, held = held + ${sql.lit(held)} * quantity,
        is_low = coalesce(on_hand - held + ${sql.lit(onHand - held)} * quantity <= low_at, false)
      from locked
      where level.variant_id = locked.variant_id and level.warehouse_id = locked.warehouse_id
    ), moved as (
      insert into stock_movements (id, variant_id, warehouse_id, kind, quantity, reference, actor, at)
      select uuidv7(), variant_id, warehouse_id, ${kind}, ${sql.lit(onHand)} * quantity, reference,
        current_setting('shop.caller'), ${now}
      from lines where ${sql.lit(onHand !== 0)}
    ), noted as (
      insert into changed_variants select distinct variant_id from sums where ${sql.lit(to !== 'COMMITTED')}
      on conflict do nothing
    )
    select id, reference from settled`.execute(tx)
  return rows
}

export async function announceLow(tx: Tx<Tables>, low: readonly Low[], occurredAt: Date) {
  const told = low.map(({ variantId, available }) => ({
    aggregateId: variantId,
    occurredAt,
    data: { available },
  }))
  await announce(tx, stockLow, told)
}
