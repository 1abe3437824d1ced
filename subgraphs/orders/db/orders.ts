import type { Connection, Database, Page, Tx } from '@shop/kit/database'
import type { Identity } from '@shop/kit/identity'
import type { Fulfillment, FulfillmentItem, Order, OrderItem, OrderStage } from '../domain/order.ts'
import { filtered, type OrderSort, type OrdersFilter, sortOf } from './order-filters.ts'
import type { Tables } from './schema.ts'

export const orderColumns = [
  'id',
  'number',
  'owner',
  'cart_id as cartId',
  'status',
  'cancel_reason as cancelReason',
  'currency',
  'subtotal_minor as subtotalMinor',
  'discount_minor as discountMinor',
  'shipping_minor as shippingMinor',
  'tax_minor as taxMinor',
  'total_minor as totalMinor',
  'refunded_minor as refundedMinor',
  'prices_include_tax as pricesIncludeTax',
  'voucher_codes as voucherCodes',
  'explain',
  'shipping_method_id as shippingMethodId',
  'email',
  'shipping_address as shippingAddress',
  'billing_address as billingAddress',
  'country',
  'placed_at as placedAt',
  'paid_at as paidAt',
  'shipped_at as shippedAt',
  'delivered_at as deliveredAt',
  'withheld_at as withheldAt',
  'version',
] as const

export class Orders {
  readonly #db: Database<Tables>
  readonly #caller: Identity

  constructor(db: Database<Tables>, caller: Identity) {
    this.#db = db
    this.#caller = caller
  }

  withIds(ids: readonly string[]): Promise<Order[]> {
    return this.#db.see(this.#caller, (tx) =>
      tx.selectFrom('orders').where('id', 'in', ids).select(orderColumns).execute(),
    )
  }

  withNumber(number: string): Promise<Order | null> {
    return this.#db.see(this.#caller, async (tx) => {
      const one = tx.selectFrom('orders').where('number', '=', number)
      return (await one.select(orderColumns).executeTakeFirst()) ?? null
    })
  }

  list(
    page: Page,
    { filter, sort, owner }: { filter: OrdersFilter; sort: OrderSort; owner?: string },
  ): Promise<Connection<Order>> {
    return this.#db.see(this.#caller, (tx) => {
      const all = filtered(tx.selectFrom('orders'), filter)
      const own = owner === undefined ? all : all.where('owner', '=', owner)
      return this.#db.page(own.select(orderColumns), { page, sort: sortOf(sort) })
    })
  }

  async hasPaid(owner: string): Promise<boolean> {
    const paid = await this.#db.see(this.#caller, (tx) =>
      tx
        .selectFrom('orders')
        .where('owner', '=', owner)
        .where('paid_at', 'is not', null)
        .select('id')
        .limit(1)
        .executeTakeFirst(),
    )
    return paid !== undefined
  }

  itemsOf(orderIds: readonly string[]): Promise<OrderItem[]> {
    return this.#db.see(this.#caller, (tx) => items(tx).where('order_id', 'in', orderIds).execute())
  }

  itemsWithIds(ids: readonly string[]): Promise<OrderItem[]> {
    return this.#db.see(this.#caller, (tx) =>
      items(tx).where('order_items.id', 'in', ids).execute(),
    )
  }

  stagesOf(orderIds: readonly string[]): Promise<OrderStage[]> {
    return this.#db.see(this.#caller, (tx) =>
      tx
        .selectFrom('order_stages')
        .where('order_id', 'in', orderIds)
        .orderBy('order_id')
        .orderBy('id')
        .select(['order_id as orderId', 'status', 'at', 'actor as by', 'note'])
        .execute(),
    )
  }

  fulfillmentsOf(orderIds: readonly string[]): Promise<Fulfillment[]> {
    return this.#db.see(this.#caller, (tx) =>
      tx
        .selectFrom('fulfillments')
        .where('order_id', 'in', orderIds)
        .orderBy('shipped_at')
        .orderBy('id')
        .select(fulfillmentColumns)
        .execute(),
    )
  }

  fulfillmentsWithIds(ids: readonly string[]): Promise<Fulfillment[]> {
    return this.#db.see(this.#caller, (tx) =>
      tx.selectFrom('fulfillments').where('id', 'in', ids).select(fulfillmentColumns).execute(),
    )
  }

  sentOf(orderIds: readonly string[]): Promise<FulfillmentItem[]> {
    return this.#db.see(this.#caller, (tx) =>
      tx
        .selectFrom('fulfillment_items')
        .innerJoin('fulfillments', 'fulfillments.id', 'fulfillment_id')
        .where('order_id', 'in', orderIds)
        .orderBy('order_item_id')
        .select([
          'fulfillment_id as fulfillmentId',
          'order_id as orderId',
          'order_item_id as itemId',
          'quantity',
        ])
        .execute(),
    )
  }
}

const fulfillmentColumns = [
  'id',
  'order_id as orderId',
  'carrier',
  'tracking_number as trackingNumber',
  'tracking_url as trackingUrl',
  'shipped_at as shippedAt',
] as const

/** With the currency of their order. */
const items = (tx: Tx<Tables>) =>
  tx
    .selectFrom('order_items')
    .innerJoin('orders', 'orders.id', 'order_id')
    .orderBy('order_id')
    .orderBy('order_items.id')
    .select([
      'order_items.id as id',
      'order_id as orderId',
      'variant_id as variantId',
      'product_id as productId',
      'sku',
      'name',
      'quantity',
      'currency',
      'unit_price_minor as unitPriceMinor',
      'order_items.discount_minor as discountMinor',
      'order_items.tax_minor as taxMinor',
      'order_items.total_minor as totalMinor',
    ])
