import { prepared, type Tx } from '@shop/kit/database'
import { announce } from '@shop/kit/events'
import { isId } from '@shop/kit/ids'
import { type RawBuilder, sql } from 'kysely'
import type { HoldState } from '../domain/hold.ts'
import { stockHeld, stockShort, type Taking, type Wanted } from '../domain/hold-stock.ts'
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

/** Takes all of it and writes it down, or does nothing: see the function's own migration. */
export async function take(tx: Tx<Tables>, wanted: Wanted) {
  const { rows } = await sql<Taken>`select is_undone as "isUndone", short, low
    from take_stock(${JSON.stringify(givenOf(wanted))}::jsonb) ${prepared}`.execute(tx)
  const { isUndone = false, short = null, low = null } = rows[0] ?? {}
  const taking: Taking = isUndone
    ? { kind: 'undone' }
    : short
      ? { kind: 'short', variantIds: short }
      : { kind: 'taken' }
  return { taking, low: low ?? [] }
}

/** The same with all that belongs to the act, in one round trip; null where an id is not ours. */
export function holdAtOnce(wanted: Wanted) {
  if (!wanted.lines.every(({ variantId }) => isId(variantId))) return null
  const given = { hold: givenOf(wanted), short: stockShort([]) }
  const [first, ...more] = wanted.lines
  const wants = first && more.length === 0 ? { wants: first.variantId } : {}
  return { by: 'hold_at_once', given, expected: stockHeld(wanted.hold), ...wants }
}

const givenOf = ({ hold, lines }: Wanted) => ({
  ...hold,
  lines: lines.map(({ variantId, quantity }) => ({ variant_id: variantId, quantity })),
})

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
