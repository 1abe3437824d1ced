import type { Connection } from '@shop/kit/database'
import type { OfOrder } from '../domain/moves.ts'
import type { Order, OrderItem, PostalAddress } from '../domain/order.ts'
import type { PricedLine } from '../domain/price.ts'
import type { NamedVariant } from '../domain/quote.ts'
import type { MailOrder, MailParcel } from '../mail.ts'

export type { Money } from '@shop/kit/money'
export type { Cart, CartItem } from '../domain/cart.ts'
export type { CartInCheckout, CartSaved } from '../domain/change-cart.ts'
export type { CheckoutAccepted } from '../domain/checkout-outcome.ts'
export type { FulfillmentCreated } from '../domain/create-fulfillment.ts'
export type { Fulfillment, FulfillmentItem, Order, OrderItem, OrderStage } from '../domain/order.ts'
export type { AppliedDiscount, CostStep } from '../domain/price.ts'
export type { CheckoutProgress } from '../domain/progress.ts'
export type { Quote, Quoted } from '../domain/quote.ts'
export type {
  AddressNotServed,
  OutOfStock,
  PaymentDeclined,
  PriceChanged,
  VoucherNotUsable,
} from '../domain/refusal.ts'
export type { Totals as CartTotals } from '../domain/totals.ts'
export type { NextAction } from '../next-action.ts'

export interface ProductVariant {
  readonly id: string
}

export interface Product {
  readonly id: string
}

export interface User {
  readonly id: string
}

export interface QuoteItem {
  readonly line: PricedLine
  readonly named: NamedVariant | undefined
}

export interface ItemsNotSold {
  readonly kind: 'ItemsNotSold'
  readonly variantIds: readonly string[]
}

export interface CartEmpty {
  readonly kind: 'CartEmpty'
}

export interface CartChanged {
  readonly kind: 'CartChanged'
}

export type OrderCancelled = OfOrder<'OrderCancelled'>
export type OrderNotCancellable = OfOrder<'OrderNotCancellable'>
export type OrderMoved = OfOrder<'OrderMoved'>
export type OrderNotMoved = OfOrder<'OrderNotMoved'>
export type NotToBeShipped = OfOrder<'NotToBeShipped'>
export type OrderConnection = Connection<Order>
export type OrderForMail = MailOrder
export type OrderForMailItem = OrderItem
export type OrderForMailAddress = PostalAddress
export type OrderForMailFulfillment = MailParcel
