import { insertAll } from '@shop/kit/bulk'
import type { Tx } from '@shop/kit/database'
import { sql } from 'kysely'
import type { PastOrder } from '../domain/past-order.ts'
import type { Plan } from '../domain/plan.ts'
import type { Tables } from './schema.ts'

/** Numbers begin there, by the sequence of the first migration. */
const numbersBefore = 100_000

export async function hasOrder(tx: Tx<Tables>, id: string): Promise<boolean> {
  const found = tx.selectFrom('orders').where('id', '=', id).select('id')
  return (await found.executeTakeFirst()) !== undefined
}

/** Some hundreds, in a statement a table. Nothing is announced: who listens has missed them. */
export async function writePast(
  tx: Tx<Tables>,
  orders: readonly PastOrder[],
  emailHash: (email: string) => string,
): Promise<void> {
  await insertAll(tx, 'orders', { rows: orders.map((order) => rowOf(order, emailHash)), as: order })
  await insertAll(tx, 'order_items', { rows: orders.flatMap(itemsOf), as: item })
  await insertAll(tx, 'order_stages', { rows: orders.flatMap(stagesOf), as: stage })
  await insertAll(tx, 'fulfillments', { rows: orders.flatMap(parcelOf), as: parcel })
  await insertAll(tx, 'fulfillment_items', { rows: orders.flatMap(sentOf), as: sent })
  await insertAll(tx, 'checkouts', { rows: orders.map(walkOf), as: walk })
}

/** The next order is numbered after so many. */
export async function countOn(tx: Tx<Tables>, past: number): Promise<void> {
  const last = sql.lit(numbersBefore + past)
  await sql`do $$ begin
    while nextval('order_numbers') < ${last} loop end loop;
  end $$`.execute(tx)
}

const order = `id uuid, number text, owner text, cart_id uuid, quote_id uuid, status text,
  cancel_reason text, currency text, subtotal_minor bigint, discount_minor bigint,
  shipping_minor bigint, tax_minor bigint, total_minor bigint, refunded_minor bigint,
  prices_include_tax boolean, voucher_codes text[], explain jsonb, shipping_method_id text,
  email text, email_hash text, shipping_address jsonb, billing_address jsonb, country text,
  plan jsonb, placed_at timestamptz, paid_at timestamptz, shipped_at timestamptz,
  delivered_at timestamptz, version integer`
const item = `id uuid, order_id uuid, variant_id uuid, product_id uuid, sku text, name text,
  quantity integer, unit_price_minor bigint, discount_minor bigint, tax_minor bigint,
  total_minor bigint`
const stage = 'order_id uuid, status text, at timestamptz, actor text'
const parcel = `id uuid, order_id uuid, carrier text, tracking_number text, shipped_at timestamptz`
const sent = 'fulfillment_id uuid, order_item_id uuid, quantity integer'
const walk = `order_id uuid, cart_id uuid, owner text, state text, step text, to_undo text[],
  reason text, refusal jsonb, cancel text, review text, needs_3ds boolean, due_at timestamptz,
  deadline_at timestamptz, act jsonb, updated_at timestamptz`

function rowOf(past: PastOrder, emailHash: (email: string) => string) {
  return {
    ...{ id: past.id, number: `S${numbersBefore + past.place}`, owner: past.owner },
    ...{ cart_id: past.cartId, quote_id: past.quoteId, status: past.status },
    ...{ cancel_reason: past.cancelReason, currency: past.currency },
    subtotal_minor: past.subtotalMinor,
    discount_minor: past.discountMinor,
    shipping_minor: past.shippingMinor,
    tax_minor: past.taxMinor,
    total_minor: past.totalMinor,
    refunded_minor: past.refundedMinor,
    prices_include_tax: past.pricesIncludeTax,
    voucher_codes: past.voucherCodes,
    explain: past.explain,
    shipping_method_id: past.shippingMethodId,
    ...{ email: past.email, email_hash: emailHash(past.email) },
    shipping_address: past.shippingAddress,
    billing_address: past.billingAddress,
    country: past.country,
    // Whose walk is over is asked nothing more.
    plan: mayBeWalked(past) ? planOf(past) : {},
    ...{ placed_at: past.placedAt, paid_at: past.paidAt },
    ...{ shipped_at: past.shippedAt, delivered_at: past.deliveredAt },
    version: past.stages.length,
  }
}

const mayBeWalked = ({ checkout, shippedAt }: PastOrder) =>
  checkout.state === 'RESTING' || (checkout.state === 'DONE' && shippedAt === null)

function planOf(past: PastOrder): Plan {
  const { currency, country, shippingMethodId, voucherCodes, items, shippingAddress } = past
  return {
    total: { amountMinor: past.totalMinor, currency },
    cart: {
      ...{ currency, country, shippingMethodId, voucherCodes, region: null },
      postalCode: shippingAddress.postalCode,
      isFirstOrder: past.risk.previousOrders === 0,
      lines: items.map(({ id, variantId, quantity }) => ({ id, variantId, quantity })),
    },
    lineTotals: items.map(({ totalMinor }) => totalMinor),
    payment: { paymentMethodId: past.paymentMethodId, savedMethodId: null },
    risk: past.risk,
  }
}

const itemsOf = ({ id: order_id, items }: PastOrder) =>
  items.map(({ id, sku, name, quantity, ...rest }) => ({
    ...{ id, order_id, sku, name, quantity },
    ...{ variant_id: rest.variantId, product_id: rest.productId },
    unit_price_minor: rest.unitPriceMinor,
    discount_minor: rest.discountMinor,
    tax_minor: rest.taxMinor,
    total_minor: rest.totalMinor,
  }))

const stagesOf = ({ id: order_id, stages }: PastOrder) =>
  stages.map(({ status, at, by }) => ({ order_id, status, at, actor: by }))

function parcelOf({ id: order_id, parcel: sentIn, shippedAt: shipped_at }: PastOrder) {
  if (!sentIn) return []
  const { id, carrier, trackingNumber: tracking_number } = sentIn
  return [{ id, order_id, carrier, tracking_number, shipped_at }]
}

const sentOf = ({ parcel: sentIn, items }: PastOrder) =>
  sentIn
    ? items.map(({ id: order_item_id, quantity }) => ({
        ...{ fulfillment_id: sentIn.id, order_item_id, quantity },
      }))
    : []

function walkOf({ id, cartId, owner, checkout, deadlineAt, stages, placedAt }: PastOrder) {
  const { toUndo, needs3ds, ...rest } = checkout
  return {
    ...rest,
    ...{ order_id: id, cart_id: cartId, owner, to_undo: toUndo, needs_3ds: needs3ds },
    ...{ due_at: deadlineAt, deadline_at: deadlineAt },
    act: { caller: owner, key: `past ${id}` },
    updated_at: stages.at(-1)?.at ?? placedAt,
  }
}
