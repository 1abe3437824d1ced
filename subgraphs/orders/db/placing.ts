import { type Database, prepared, type Tx } from '@shop/kit/database'
import { announce } from '@shop/kit/events'
import type { Identity } from '@shop/kit/identity'
import { sql } from 'kysely'
import { customerOf } from '../domain/order.ts'
import type { NewOrder, Placeable } from '../domain/place-order.ts'
import type { Quote } from '../domain/quote.ts'
import { orderPlaced } from '../events.ts'
import type { Tables } from './schema.ts'

interface Looked {
  cart: Omit<Placeable['cart'], 'updatedAt'> & { updatedAt: string }
  items: Placeable['items'] | null
  quote: (Omit<Quote, 'expiresAt'> & { expiresAt: string }) | null
  previousOrders: number
}

export interface PlacingSettings {
  readonly leaseMs: number
  /** Of an address, so that a guest's orders are found by it. */
  readonly emailHash: (email: string) => string
}

export class Placing {
  readonly #db: Database<Tables>
  readonly #caller: Identity
  readonly #settings: PlacingSettings

  constructor(db: Database<Tables>, caller: Identity, settings: PlacingSettings) {
    this.#db = db
    this.#caller = caller
    this.#settings = settings
  }

  /** The cart, locked, with all that an order is made of, in one statement. */
  look(owner: string, cartId: string, quoteId: string): Promise<Placeable | null> {
    return this.#db.as(this.#caller, async (tx) => {
      const { rows } = await sql<Looked>`
        with cart as (
          select * from carts
          where id = ${cartId} and owner = ${owner} and state in ('OPEN', 'FROZEN') for update
        )
        select json_build_object('id', cart.id, 'owner', owner, 'state', state, 'version', version,
            'orderId', order_id, 'updatedAt', updated_at) as cart,
          (select json_agg(json_build_object('id', item.id, 'cartId', cart_id,
              'variantId', variant_id, 'quantity', quantity) order by item.added_at, item.id)
            from cart_items item where cart_id = cart.id) as items,
          (select json_build_object('id', id, 'owner', owner, 'cartId', cart_id,
              'cartVersion', cart_version, 'asked', asked, 'price', price, 'names', names,
              'expiresAt', expires_at)
            from quotes where id = ${quoteId} and cart_id = ${cartId}) as quote,
          (select count(*) from orders
            where orders.owner = ${owner} and paid_at is not null) as "previousOrders"
        from cart ${prepared}`.execute(tx)
      const [found] = rows
      if (!found) return null
      const { cart, items, quote, previousOrders } = found
      return {
        cart: { ...cart, updatedAt: new Date(cart.updatedAt) },
        items: items ?? [],
        quote: quote && { ...quote, expiresAt: new Date(quote.expiresAt) },
        previousOrders,
      }
    })
  }

  place(order: NewOrder): Promise<boolean> {
    return this.#db.as(this.#caller, async (tx) => {
      if (!(await write(tx, order, this.#settings))) return false
      const { quote, plan } = order
      await announce(tx, orderPlaced, [
        {
          aggregateId: order.id,
          occurredAt: order.placedAt,
          data: {
            customerId: customerOf(order.owner),
            currency: quote.price.total.currency,
            totalMinor: plan.total.amountMinor,
            country: order.shippingAddress.country,
            lines: order.items.map(({ variantId, productId, quantity, totalMinor }) => ({
              variantId,
              productId,
              quantity,
              totalMinor,
            })),
          },
        },
      ])
      return true
    })
  }
}

/** One statement: that version of the cart is frozen and the order is there with all its parts, or nothing is. */
async function write(
  tx: Tx<Tables>,
  order: NewOrder,
  { leaseMs, emailHash }: PlacingSettings,
): Promise<boolean> {
  const { id, owner, cart, quote, plan, placedAt } = order
  const { price } = quote
  const after = (ms: number) => new Date(placedAt.getTime() + ms)
  const items = order.items.map((item) => ({
    ...{ id: item.id, variant_id: item.variantId, product_id: item.productId },
    ...{ sku: item.sku, name: item.name, quantity: item.quantity },
    unit_price_minor: item.unitPriceMinor,
    discount_minor: item.discountMinor,
    tax_minor: item.taxMinor,
    total_minor: item.totalMinor,
  }))
  const { rows } = await sql<{ id: string }>`
    with frozen as (
      update carts set state = 'FROZEN', order_id = ${id}, updated_at = ${placedAt}
      where id = ${cart.id} and state = 'OPEN' and version = ${cart.version}
      returning id
    ), placed as (
      insert into orders (id, number, owner, cart_id, quote_id, currency, subtotal_minor, discount_minor,
        shipping_minor, tax_minor, total_minor, prices_include_tax, voucher_codes, explain,
        shipping_method_id, email, email_hash, shipping_address, billing_address, country, plan,
        placed_at)
      select ${id}::uuid, 'S' || nextval('order_numbers'), ${owner}::text, frozen.id, ${quote.id}::uuid,
        ${plan.total.currency}::text,
        ${price.subtotal.amountMinor}::bigint, ${price.discount.amountMinor}::bigint,
        ${price.shipping.amountMinor}::bigint, ${price.tax.amountMinor}::bigint,
        ${plan.total.amountMinor}::bigint, ${price.pricesIncludeTax}::boolean,
        ${plan.cart.voucherCodes}::text[], ${JSON.stringify(order.explain)}::jsonb,
        ${price.shippingMethodId}::text, ${order.email}::text, ${emailHash(order.email)}::text,
        ${JSON.stringify(order.shippingAddress)}::jsonb,
        ${JSON.stringify(order.billingAddress)}::jsonb, ${order.shippingAddress.country}::text,
        ${JSON.stringify(plan)}::jsonb, ${placedAt}::timestamptz
      from frozen returning id
    ), lines as (
      insert into order_items (order_id, id, variant_id, product_id, sku, name, quantity,
        unit_price_minor, discount_minor, tax_minor, total_minor)
      select placed.id, line.* from placed, jsonb_to_recordset(${JSON.stringify(items)}::jsonb)
        as line(id uuid, variant_id uuid, product_id uuid, sku text, name text, quantity integer,
          unit_price_minor bigint, discount_minor bigint, tax_minor bigint, total_minor bigint)
    ), stage as (
      insert into order_stages (order_id, status, at, actor)
      select id, 'PENDING', ${placedAt}::timestamptz, 'SHOPPER' from placed
    )
    insert into checkouts (order_id, cart_id, owner, due_at, act, updated_at)
    select id, ${cart.id}::uuid, ${owner}::text, ${after(leaseMs)}::timestamptz,
      ${JSON.stringify(order.act)}::jsonb, ${placedAt}::timestamptz
    from placed returning order_id as id ${prepared}`.execute(tx)
  return rows.length > 0
}
