import type { Clock } from '@shop/kit/clock'
import { BadUserInput, NotFound, ShopError } from '@shop/kit/errors'
import type { Asked } from '@shop/kit/identity'
import { isId, newId } from '@shop/kit/ids'
import { type Cart, type CartItem, isGuest, ownerIn } from './cart.ts'
import type { CheckoutInput } from './checkout-input.ts'
import type { OrderItem, PostalAddress } from './order.ts'
import type { Plan } from './plan.ts'
import { type CostStep, costStepsOf } from './price.ts'
import type { Quote } from './quote.ts'
import type { PriceChanged } from './refusal.ts'
import { type Digests, riskFactsOf } from './risk-facts.ts'

export class BadAddress extends ShopError {
  readonly code = 'BAD_ADDRESS'
}

/** This shop wants to know that the address is the shopper's. */
export class EmailNotVerified extends ShopError {
  readonly code = 'EMAIL_NOT_VERIFIED'
}

/** `isOurs`: by this call and not by one before it. */
export type Placing =
  | { readonly kind: 'Placed'; readonly orderId: string; readonly isOurs?: boolean }
  | { readonly kind: 'CartEmpty' | 'CartChanged' }
  | PriceChanged

export interface NewOrder {
  readonly id: string
  readonly owner: string
  readonly cart: Pick<Cart, 'id' | 'version'>
  readonly quote: Quote
  readonly items: readonly Omit<OrderItem, 'orderId' | 'currency'>[]
  readonly explain: readonly CostStep[]
  readonly email: string
  readonly shippingAddress: PostalAddress
  readonly billingAddress: PostalAddress
  readonly plan: Plan
  readonly act: { readonly caller: string; readonly key: string }
  readonly placedAt: Date
}

export interface Placeable {
  readonly cart: Cart
  readonly items: readonly CartItem[]
  readonly quote: Quote | null
  readonly previousOrders: number
}

export interface PlacingNeeds extends Asked {
  clock: Clock
  digests: Digests
  /** The client's network address. */
  address?: string | undefined
  needsVerifiedEmail: boolean
  placing: {
    look(owner: string, cartId: string, quoteId: string): Promise<Placeable | null>
    /** Freezes that version of the cart and writes the order, or does neither. */
    place(order: NewOrder): Promise<boolean>
  }
}

/** Makes the order of what the shopper saw, and freezes the cart; what others say of it comes after. */
export async function placeOrder(needs: PlacingNeeds, input: CheckoutInput): Promise<Placing> {
  const checked = checkedInput(input)
  const found = await look(needs, checked)
  if (!found) throw new NotFound('There is no such cart.')
  const refused = refusedBefore(needs, found, checked)
  if (refused) return refused

  const order = orderOf(needs, { ...found, quote: found.quote as Quote }, checked)
  if (await needs.placing.place(order)) {
    return { kind: 'Placed', orderId: order.id, isOurs: true }
  }
  // Somebody was faster: with a checkout of the same cart, or with a change of it.
  const now = await look(needs, checked)
  const orderId = now?.cart.state === 'FROZEN' ? now.cart.orderId : null
  return orderId ? { kind: 'Placed', orderId } : { kind: 'CartChanged' }
}

const look = (needs: PlacingNeeds, { cartId, quoteId }: CheckoutInput) =>
  needs.placing.look(ownerIn(needs), cartId, quoteId)

/** Why no order is made of it; or the one that is being made already. */
function refusedBefore(
  needs: PlacingNeeds,
  { cart, items, quote }: Placeable,
  input: CheckoutInput,
): Placing | null {
  if (cart.state === 'FROZEN') return { kind: 'Placed', orderId: cart.orderId ?? '' }
  if (items.length === 0) return { kind: 'CartEmpty' }
  if (!quote || !holds(quote, { cart, input, now: needs.clock.now() })) {
    return { kind: 'CartChanged' }
  }
  if (quote.price.total.amountMinor !== input.expectedTotal.amountMinor) {
    return { kind: 'PriceChanged', quoteId: quote.id }
  }
  if (!quote.price.shippingMethodId) {
    throw new BadUserInput('Choose how it is sent: quote it with a shippingMethodId.')
  }
  mustBeVerified(needs, quote)
  return null
}

function mustBeVerified(needs: PlacingNeeds, { asked }: Quote): void {
  const isClaimed = !isGuest(ownerIn(needs)) && asked.shopper.emailVerified === false
  if (needs.needsVerifiedEmail && isClaimed) {
    throw new EmailNotVerified('Verify your address first.')
  }
}

interface Held {
  readonly cart: Cart
  readonly input: CheckoutInput
  readonly now: Date
}

/** Whether the quote is of this cart as it is, for where the shopper now says it goes. */
function holds({ cartVersion, expiresAt, asked, price }: Quote, { cart, input, now }: Held) {
  const { address, shippingMethodId = null, expectedTotal } = input
  return (
    cartVersion === cart.version &&
    expiresAt > now &&
    asked.country === address.country &&
    (shippingMethodId === null || shippingMethodId === price.shippingMethodId) &&
    price.total.currency === expectedTotal.currency
  )
}

function orderOf(
  needs: PlacingNeeds,
  { cart, quote, previousOrders }: Placeable & { quote: Quote },
  input: CheckoutInput,
): NewOrder {
  const ids = new Map(quote.price.lines.map(({ id }) => [id, newId()]))
  const idOf = (lineId: string) => ids.get(lineId) ?? lineId
  const { identity, clock } = needs
  const owner = ownerIn({ identity })
  const { address, billingAddress, payment, expectedTotal } = input
  const { shopper: _, ...asked } = quote.asked
  return {
    id: newId(),
    owner,
    cart,
    quote,
    items: itemsOf(quote, idOf),
    explain: costStepsOf(quote.price.explain).map((step) => ({
      ...step,
      itemId: step.itemId && idOf(step.itemId),
    })),
    email: input.email,
    shippingAddress: address,
    billingAddress: billingAddress ?? address,
    plan: {
      total: expectedTotal,
      cart: {
        ...asked,
        region: address.region ?? null,
        postalCode: address.postalCode,
        lines: quote.price.lines.map(({ id, variantId, quantity }) => ({
          id: idOf(id),
          variantId,
          quantity,
        })),
      },
      lineTotals: quote.price.lines.map(({ total }) => total.amountMinor),
      payment: {
        paymentMethodId: payment.paymentMethodId ?? null,
        savedMethodId: payment.savedMethodId ?? null,
      },
      risk: riskFactsOf(needs, { quote, previousOrders, input }),
    },
    act: { caller: owner, key: input.idempotencyKey },
    placedAt: clock.now(),
  }
}

function itemsOf({ price, names }: Quote, idOf: (lineId: string) => string) {
  const named = new Map(names.map((variant) => [variant.id, variant]))
  return price.lines.map((line) => ({
    id: idOf(line.id),
    variantId: line.variantId,
    productId: line.productId,
    sku: named.get(line.variantId)?.sku ?? '',
    name: named.get(line.variantId)?.name ?? '',
    quantity: line.quantity,
    unitPriceMinor: line.unitPrice.amountMinor,
    discountMinor: line.discount.amountMinor,
    taxMinor: line.tax.amountMinor,
    totalMinor: line.total.amountMinor,
  }))
}

function checkedInput(input: CheckoutInput): CheckoutInput {
  const { paymentMethodId, savedMethodId } = input.payment
  if (!paymentMethodId === !savedMethodId) {
    throw new BadUserInput('Pay with a paymentMethodId or with a savedMethodId.')
  }
  const email = input.email.trim()
  if (email.length > 254 || !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) {
    throw new BadAddress('This is no mail address.')
  }
  if ((input.device ?? '').length > 200) throw new BadUserInput('`device` is too long.')
  checkAddress(input.address)
  if (input.billingAddress) checkAddress(input.billingAddress)
  return { ...input, email, cartId: idOrNone(input.cartId), quoteId: idOrNone(input.quoteId) }
}

const none = '00000000-0000-0000-0000-000000000000'
const idOrNone = (id: string) => (isId(id) ? id : none)

/** What a parcel's label has room for. */
function checkAddress(address: PostalAddress): void {
  const needed = [address.name, address.line1, address.postalCode, address.city]
  if (needed.some((text) => text.trim() === ''))
    throw new BadAddress('The address is not complete.')
  const all = Object.values(address).filter((text) => typeof text === 'string')
  if (all.some((text) => text.length > 200)) throw new BadAddress('A line of it is too long.')
  if (!/^[A-Z]{2}$/.test(address.country)) throw new BadAddress('A country is two letters.')
}
