import type { Generated, JSONColumnType } from 'kysely'
import type { CartState } from '../domain/cart.ts'
import type { CheckoutState, Review, Step } from '../domain/checkout-machine.ts'
import type { Actor, CancelReason, OrderStatus, PostalAddress } from '../domain/order.ts'
import type { Plan } from '../domain/plan.ts'
import type { CartPrice, CostStep } from '../domain/price.ts'
import type { NamedVariant, QuoteAsked } from '../domain/quote.ts'
import type { Refusal } from '../domain/refusal.ts'

export interface Tables {
  carts: {
    id: string
    owner: string
    state: CartState
    version: number
    order_id: string | null
    updated_at: Date
  }
  cart_items: {
    id: string
    cart_id: string
    variant_id: string
    quantity: number
    added_at: Date
  }
  ended_sessions: { guest_id: string; at: Date }
  joining_users: { user_id: string; at: Generated<Date> }
  quotes: {
    id: string
    owner: string
    cart_id: string
    cart_version: number
    asked: JSONColumnType<QuoteAsked>
    price: JSONColumnType<CartPrice>
    names: JSONColumnType<NamedVariant[]>
    expires_at: Date
  }
  orders: {
    id: string
    number: string
    owner: string
    cart_id: string
    quote_id: string
    status: OrderStatus
    cancel_reason: CancelReason | null
    currency: string
    subtotal_minor: number
    discount_minor: number
    shipping_minor: number
    tax_minor: number
    total_minor: number
    refunded_minor: number
    prices_include_tax: boolean
    voucher_codes: string[]
    explain: JSONColumnType<CostStep[]>
    shipping_method_id: string | null
    email: string
    email_hash: string
    shipping_address: JSONColumnType<PostalAddress>
    billing_address: JSONColumnType<PostalAddress>
    country: string
    plan: JSONColumnType<Plan>
    placed_at: Date
    paid_at: Date | null
    shipped_at: Date | null
    delivered_at: Date | null
    withheld_at: Date | null
    version: number
  }
  order_items: {
    id: string
    order_id: string
    variant_id: string
    product_id: string
    sku: string
    name: string
    quantity: number
    unit_price_minor: number
    discount_minor: number
    tax_minor: number
    total_minor: number
  }
  order_stages: {
    id: Generated<number>
    order_id: string
    status: OrderStatus
    at: Date
    actor: Actor
    note: string | null
  }
  fulfillments: {
    id: string
    order_id: string
    carrier: string | null
    tracking_number: string | null
    tracking_url: string | null
    shipped_at: Date
  }
  fulfillment_items: { fulfillment_id: string; order_item_id: string; quantity: number }
  checkouts: {
    order_id: string
    cart_id: string
    owner: string
    state: CheckoutState
    step: Step
    to_undo: Step[]
    reason: CancelReason | null
    refusal: JSONColumnType<Refusal> | null
    cancel: 'BY_SHOPPER' | 'BY_STAFF' | null
    review: Review | null
    needs_3ds: boolean
    lease: number
    due_at: Date | null
    tries: number
    deadline_at: Date | null
    is_extended: boolean
    act: JSONColumnType<{ caller: string; key: string }>
    updated_at: Date
  }
}
