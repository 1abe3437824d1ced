import { type Evidence, told } from './evidence.ts'

/**
 * I11: every walk has ended, or rests where somebody is waited for; and what it came to is so
 * everywhere: stock, money and vouchers follow the order, and what was undone is undone once.
 */
export async function sagasEnded({ shop, since, now }: Evidence): Promise<string[]> {
  const unfinished = await shop(
    `select order_id as order, checkouts.state, step, to_undo, due_at, orders.status
      from orders.checkouts join orders.orders on orders.id = order_id
      where placed_at >= $1 and (checkouts.state in ('WALKING', 'UNDOING')
        or checkouts.state = 'RESTING' and (status not in ('AWAITING_PAYMENT', 'ON_HOLD')
          or deadline_at < $2::timestamptz - interval '60 seconds')
        or checkouts.state in ('DONE', 'UNDONE') and cardinality(to_undo) > 0)`,
    [since, now],
  )
  const apart = await shop(
    `select order_id as order, state, status from orders.checkouts
      join orders.orders on orders.id = order_id
      where placed_at >= $1 and (state = 'UNDONE') <> (status = 'CANCELLED')`,
    [since],
  )
  const holds = await shop(
    `select order_id as order, checkouts.state, coalesce(holds.state, 'none') as hold
      from orders.checkouts join orders.orders on orders.id = order_id
        left join inventory.holds on step_key = 'order:' || order_id || ':hold'
      where placed_at >= $1 and case checkouts.state
        when 'DONE' then coalesce(holds.state, 'none') <> 'COMMITTED'
        when 'UNDONE' then coalesce(holds.state, 'none') in ('HELD', 'COMMITTED')
        else false end`,
    [since],
  )
  const payments = await shop(
    `select checkouts.order_id as order, checkouts.state, coalesce(payments.state, 'none') as payment
      from orders.checkouts join orders.orders on orders.id = order_id
        left join payments.payments on payments.order_id = checkouts.order_id
      where placed_at >= $1 and total_minor > 0 and case checkouts.state
        when 'DONE' then coalesce(payments.state, 'none')
          not in ('CAPTURED', 'PARTIALLY_REFUNDED', 'REFUNDED')
        when 'UNDONE' then coalesce(payments.state, 'none')
          not in ('none', 'FAILED', 'VOIDED', 'REFUNDED')
        else false end`,
    [since],
  )
  return [
    ...told('a walk that has not ended', unfinished),
    ...told('a walk and an order that disagree', apart),
    ...told('a walk whose stock does not follow', holds),
    ...told('a walk whose money does not follow', payments),
    ...(await inDoubt(shop)),
  ]
}

/** Whatever payments still means to find out or to take back at the provider. */
async function inDoubt(shop: Evidence['shop']): Promise<string[]> {
  const attempts = await shop(
    `select id as attempt, state, stray from payments.payment_attempts
      where state = 'PENDING' and intent_id is not null or stray is not null`,
  )
  const refunds = await shop(
    `select id as refund, state from payments.refunds where state = 'PENDING'`,
  )
  return [...told('an attempt in doubt', attempts), ...told('a refund in doubt', refunds)]
}
