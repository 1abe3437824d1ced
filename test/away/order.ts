import { setTimeout } from 'node:timers/promises'
import type { World } from './world.ts'

export interface Placed {
  readonly id: string
  readonly owner: string
  readonly status: string
  readonly reason: string | null
  // biome-ignore lint/suspicious/noExplicitAny: JSON, as orders keeps it.
  readonly plan: any
}

/** The last that was made of this cart, as it lies there: nobody has to be reached for it. */
export async function orderOf({ shop }: Pick<World, 'shop'>, cartId: string): Promise<Placed> {
  const [row] = await shop.query(
    'ecommerce',
    `select id, owner, status, cancel_reason as reason, plan from orders.orders
      where cart_id = $1 order by placed_at desc limit 1`,
    [cartId],
  )
  if (!row) throw new Error('No order was made of this cart.')
  return row as unknown as Placed
}

/** What its payments are at the provider, but those that came to nothing. */
export const intentsOf = ({ provider }: World, orderId: string): string[] =>
  provider.listed().intents.flatMap((intent) => {
    const isOfOrder = intent.orderId === orderId && intent.status !== 'canceled'
    return isOfOrder ? [intent.status] : []
  })

/** How many mails say that it is paid. */
export async function mailsOf({ shop, provider }: World, orderId: string): Promise<number> {
  const [paid] = await shop.query(
    'ecommerce',
    `select id from orders.outbox where aggregate_id = $1 and name = 'orders.order-paid'`,
    [orderId],
  )
  const { mails } = provider.listed()
  return mails.filter(({ event, template }) => event === paid?.id && template === 'order-paid')
    .length
}

/** On hand and put aside, of all warehouses; and how often the voucher was used. */
export async function shelfOf({ shop }: Pick<World, 'shop'>): Promise<object> {
  const [row] = await shop.query(
    'ecommerce',
    `select (select sum(on_hand) from inventory.stock_levels)::integer as "onHand",
      (select sum(held) from inventory.stock_levels)::integer as held,
      (select uses from promotions.vouchers where code = 'CRASH') as uses`,
  )
  return row ?? {}
}

/** Looks until it is something, at most so long. */
export async function within(patienceMs: number, look: () => Promise<number>): Promise<number> {
  const end = performance.now() + patienceMs
  let found = await look()
  while (found === 0 && performance.now() < end) {
    await setTimeout(100)
    found = await look()
  }
  return found
}
