import type { Money } from '@shop/kit/money'

/** An order, as its mails show it. */
export interface MailedOrder {
  readonly number: string
  readonly items: readonly MailedItem[]
  readonly subtotal: Money
  readonly discount: Money
  readonly shipping: Money
  readonly tax: Money
  readonly total: Money
  readonly shipTo: { readonly name: string; readonly lines: readonly string[] }
  /** Where it can be seen. */
  readonly url: string
}

export interface MailedItem {
  readonly name: string
  readonly sku: string
  readonly quantity: number
  readonly total: Money
}

export interface MailedFulfillment {
  readonly id: string
  readonly carrier: string | null
  readonly trackingNumber: string | null
  readonly trackingUrl: string | null
  readonly items: readonly { readonly name: string; readonly quantity: number }[]
}
