import { type Evidence, type Row, told } from './evidence.ts'

type Moves = Readonly<Record<string, readonly string[]>>

/** Written down here a second time, from the contract: a machine that was changed by mistake is found. */
const orders: Moves = {
  '': ['PENDING'],
  PENDING: ['AWAITING_PAYMENT', 'ON_HOLD', 'CONFIRMED', 'CANCELLED'],
  AWAITING_PAYMENT: ['ON_HOLD', 'CONFIRMED', 'CANCELLED'],
  // Twice where what it waits for is told.
  ON_HOLD: ['ON_HOLD', 'CONFIRMED', 'CANCELLED'],
  CONFIRMED: ['PROCESSING', 'SHIPPED', 'CANCELLED', 'PARTIALLY_REFUNDED', 'REFUNDED'],
  PROCESSING: ['SHIPPED', 'CANCELLED', 'PARTIALLY_REFUNDED', 'REFUNDED'],
  SHIPPED: ['DELIVERED', 'PARTIALLY_REFUNDED', 'REFUNDED'],
  DELIVERED: ['PARTIALLY_REFUNDED', 'REFUNDED'],
  PARTIALLY_REFUNDED: [
    ...['PROCESSING', 'SHIPPED', 'DELIVERED', 'CANCELLED'],
    ...['PARTIALLY_REFUNDED', 'REFUNDED'],
  ],
  CANCELLED: [],
  REFUNDED: [],
}

const payments: Moves = {
  '': ['PENDING'],
  PENDING: ['REQUIRES_ACTION', 'AUTHORIZED', 'CAPTURED', 'FAILED', 'VOIDED'],
  REQUIRES_ACTION: ['PENDING', 'AUTHORIZED', 'CAPTURED', 'FAILED', 'VOIDED'],
  AUTHORIZED: ['CAPTURED', 'VOIDED'],
  CAPTURED: ['PARTIALLY_REFUNDED', 'REFUNDED'],
  PARTIALLY_REFUNDED: ['PARTIALLY_REFUNDED', 'REFUNDED', 'CAPTURED'],
  REFUNDED: ['PARTIALLY_REFUNDED', 'CAPTURED'],
  FAILED: [],
  VOIDED: [],
}

/** I9: the history of each order and each payment is a path of its machine, and ends where it stands. */
export async function historiesAreLegal({ shop, since }: Evidence): Promise<string[]> {
  const stages = await shop(
    `select order_id as id, order_stages.status as state from orders.order_stages
      join orders.orders on orders.id = order_id where placed_at >= $1 order by order_id, order_stages.id`,
    [since],
  )
  const moved = await shop(
    `select payment_id as id, from_state, to_state as state from payments.payment_events
      join payments.payments on payments.id = payment_id where created_at >= $1
      order by payment_id, payment_events.id`,
    [since],
  )
  const elsewhere = await shop(
    `select orders.id as order, status, last.state as history from orders.orders
      cross join lateral (select status as state from orders.order_stages
        where order_id = orders.id order by order_stages.id desc limit 1) as last
      where placed_at >= $1 and status <> last.state
    union all
    select payments.id, payments.state, last.state from payments.payments
      cross join lateral (select to_state as state from payments.payment_events
        where payment_id = payments.id order by payment_events.id desc limit 1) as last
      where created_at >= $1 and payments.state <> last.state`,
    [since],
  )
  return [
    ...illegal('order', stages, orders),
    ...illegal('payment', moved, payments),
    ...told('a history that ends elsewhere', elsewhere),
  ]
}

function illegal(what: string, rows: readonly Row[], moves: Moves): string[] {
  return [...Map.groupBy(rows, ({ id }) => String(id))].flatMap(([id, own]) => {
    const path = ['', ...own.map(({ state }) => String(state))]
    const steps = path.slice(1).map((to, at) => [path[at] ?? '', to] as const)
    const wrong = steps.filter(([from, to]) => !moves[from]?.includes(to))
    return wrong.map(([from, to]) => `${what} ${id} went from ${from || 'nothing'} to ${to}`)
  })
}
