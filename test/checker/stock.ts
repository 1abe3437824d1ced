import { type Evidence, told } from './evidence.ts'

/** I1: what lies there is what came and went; what is put aside is what holds say; nothing is negative. */
export async function stockAddsUp({ shop }: Evidence): Promise<string[]> {
  const levels = await shop(`
    with moved as (
      select variant_id, warehouse_id, sum(quantity)::integer as moved
      from inventory.stock_movements group by 1, 2
    ), put_aside as (
      select variant_id, warehouse_id, sum(quantity)::integer as put_aside
      from inventory.hold_lines join inventory.holds on holds.id = hold_id
      where state = 'HELD' group by 1, 2
    )
    select variant_id, warehouse_id, coalesce(on_hand, 0) as on_hand, coalesce(moved, 0) as moved,
      coalesce(held, 0) as held, coalesce(put_aside, 0) as put_aside
    from inventory.stock_levels
      full join moved using (variant_id, warehouse_id)
      full join put_aside using (variant_id, warehouse_id)
    where coalesce(on_hand, 0) <> coalesce(moved, 0) or coalesce(held, 0) <> coalesce(put_aside, 0)
      or held < 0 or on_hand < held`)
  return told('a level does not add up', levels)
}

/** I2: what is put aside is for one checkout that is still open, and not for long after its time. */
export async function holdsAreWanted({ shop, now }: Evidence): Promise<string[]> {
  const orphans = await shop(`
    select holds.id as hold, reference, checkouts.state as checkout
    from inventory.holds left join orders.checkouts on order_id::text = reference
    where holds.state = 'HELD' and coalesce(checkouts.state, 'DONE') in ('DONE', 'UNDONE')`)
  const late = await shop(
    `select id as hold, expires_at from inventory.holds
      where state = 'HELD' and expires_at < $1::timestamptz - interval '30 seconds'`,
    [now],
  )
  const doubled = await shop(`
    select reference, count(*) as holds from inventory.holds
    where state in ('HELD', 'COMMITTED') and reference is not null group by 1 having count(*) > 1`)
  return [
    ...told('a hold without an open checkout', orphans),
    ...told('a hold that outlived its time', late),
    ...told('two holds for one order', doubled),
  ]
}

/** I7 of stock: what was sold of a hold left the shelf once, and what came back of it, once. */
export async function stockMovedOnce({ shop }: Evidence): Promise<string[]> {
  const moves = await shop(`
    with wanted as (
      select reference, variant_id, warehouse_id, sum(quantity)::integer as sold,
        sum(quantity) filter (where state = 'RETURNED')::integer as back
      from inventory.holds join inventory.hold_lines on hold_id = holds.id
      where state in ('COMMITTED', 'RETURNED') and reference is not null group by 1, 2, 3
    ), moved as (
      select reference, variant_id, warehouse_id,
        -coalesce(sum(quantity) filter (where kind = 'SALE'), 0)::integer as sold,
        coalesce(sum(quantity) filter (where kind = 'RETURN'), 0)::integer as back
      from inventory.stock_movements
      where kind in ('SALE', 'RETURN') and reference in (select reference from wanted) group by 1, 2, 3
    )
    select reference, variant_id, wanted.sold as to_sell, moved.sold, wanted.back as to_return, moved.back
    from wanted full join moved using (reference, variant_id, warehouse_id)
    where coalesce(wanted.sold, 0) <> coalesce(moved.sold, 0)
      or coalesce(wanted.back, 0) <> coalesce(moved.back, 0)`)
  return told('an effect on the shelf that was not once', moves)
}
