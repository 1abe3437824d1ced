import type { Clock } from '@shop/kit/clock'
import { BadUserInput } from '@shop/kit/errors'
import type { Asked } from '@shop/kit/identity'
import { newId } from '@shop/kit/ids'
import { type Cart, type CartItem, isGuest, ownerIn } from './cart.ts'
import type { CartPrice, NotPriced, PriceCart, Priced } from './price.ts'

/** What a quote was made for. */
export interface QuoteAsked extends Omit<PriceCart, 'lines'> {
  readonly shopper: Shopper
}

/** What was known of the shopper when the quote was made. */
export interface Shopper {
  readonly accountCreatedAt: string | null
  readonly emailVerified: boolean | null
}

export interface NamedVariant {
  readonly id: string
  readonly sku: string
  readonly name: string
}

export interface Quote {
  readonly id: string
  readonly owner: string
  readonly cartId: string
  readonly cartVersion: number
  readonly asked: QuoteAsked
  readonly price: CartPrice
  readonly names: readonly NamedVariant[]
  readonly expiresAt: Date
}

export interface Quoted {
  readonly kind: 'Quoted'
  readonly quote: Quote
}

export interface CartEmpty {
  readonly kind: 'CartEmpty'
}

export type Quoting = Quoted | CartEmpty | NotPriced

/** What is asked of others for a quote. */
export interface Quotable {
  readonly priced: Priced
  readonly names: readonly NamedVariant[]
  readonly shopper: Shopper
}

interface Needs extends Asked {
  clock: Clock
  quoteMs: number
  currency: string
  shop: { quotable(asked: PriceCart, owner: string): Promise<Quotable> }
  quotes: { keep(quote: Quote): Promise<void> }
  orders: { hasPaid(owner: string): Promise<boolean> }
}

export interface QuoteInput {
  readonly country?: string | null | undefined
  readonly region?: string | null | undefined
  readonly postalCode?: string | null | undefined
  readonly shippingMethodId?: string | null | undefined
  /** None when left out. */
  readonly voucherCodes?: readonly string[] | undefined
}

/** Asks for the price as of now, and keeps what was answered, so that it can be held to. */
export async function makeQuote(
  needs: Needs,
  { cart, items }: { cart: Cart; items: readonly CartItem[] },
  input: QuoteInput,
): Promise<Quoting> {
  const owner = ownerIn(needs)
  if (items.length === 0) return { kind: 'CartEmpty' }
  if ((input.voucherCodes ?? []).length > 10) throw new BadUserInput('At most 10 vouchers.')
  const asked = { ...askedBy(input), currency: needs.currency, isFirstOrder: await isFirst(needs) }
  const { priced, names, shopper } = await needs.shop.quotable(
    { ...asked, lines: linesOf(items) },
    owner,
  )
  if (priced.kind !== 'Priced') return priced
  const missing = items.filter(({ variantId }) => !names.some(({ id }) => id === variantId))
  if (missing.length > 0) {
    return { kind: 'ItemsNotSold', variantIds: missing.map(({ variantId }) => variantId) }
  }
  const quote = {
    ...{ id: newId(), owner, cartId: cart.id, cartVersion: cart.version },
    ...{ asked: { ...asked, shopper }, price: priced.price, names },
    expiresAt: new Date(needs.clock.now().getTime() + needs.quoteMs),
  }
  await needs.quotes.keep(quote)
  return { kind: 'Quoted', quote }
}

/** A guest's first order cannot be told from their tenth. */
async function isFirst(needs: Needs): Promise<boolean> {
  const owner = ownerIn(needs)
  return !isGuest(owner) && !(await needs.orders.hasPaid(owner))
}

export const linesOf = (items: readonly CartItem[]) =>
  items.map(({ id, variantId, quantity }) => ({ id, variantId, quantity }))

const askedBy = (input: QuoteInput) => ({
  country: input.country ?? null,
  region: input.region ?? null,
  postalCode: input.postalCode ?? null,
  shippingMethodId: input.shippingMethodId ?? null,
  voucherCodes: input.voucherCodes ?? [],
})
