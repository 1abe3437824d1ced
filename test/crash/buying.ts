import { newId } from '@shop/kit/ids'
import type { Random } from '@shop/kit/learn/random'
import type { Call, Recorded } from '../faults/recorder.ts'
import type { Turn } from './acts.ts'
import type { Client } from './client.ts'

/** Who pays, and what comes of it: most simply pay. */
const cards = [
  ...Array.from({ length: 6 }, () => 'pm_card_visa'),
  'pm_card_authenticationRequired',
  'pm_card_visa_chargeDeclined',
] as const

const addItem = `mutation AddItem($input: AddCartItemInput!) {
  addCartItem(input: $input) {
    __typename ... on CartSaved { cart { id } } ... on CartInCheckout { order { id } }
  }
}`

const quoteCart = `query Quote($input: QuoteInput!) {
  cart {
    id version
    quote(input: $input) { __typename ... on Quoted { quote { id total { amountMinor currency } } } }
  }
}`

const checkOut = `mutation CheckOut($input: CheckoutInput!) {
  checkout(input: $input) {
    __typename
    ... on CheckoutAccepted { order { id status } nextAction { kind redirectUrl } }
    ... on PaymentDeclined { code }
  }
}`

const readOrder = `query Order($id: ID!) { order(id: $id) { id status version total { amountMinor } } }`

/** Over and over: a cart, a quote, a payment, a look at the order; sometimes a change of mind. */
export async function buy(turn: Turn): Promise<void> {
  const { random } = turn
  const wish = {
    card: cards[random.below(cards.length)] ?? '',
    voucherCodes: random.below(4) === 0 ? ['CRASH'] : [],
  }
  const placed = await purchase(turn, wish)
  const accepted = placed?.reply?.data?.checkout
  if (accepted?.order) await follow(turn, accepted)
}

export interface Wish {
  readonly card: string
  readonly voucherCodes: readonly string[]
  /** One or two without. */
  readonly pieces?: number
}

/** From an empty cart to the answer of the checkout; null where it did not come to one. */
export async function purchase(turn: Turn, wish: Wish): Promise<Recorded | null> {
  const call = await readyToPay(turn, wish)
  return call && turn.client.insist(call)
}

/** From an empty cart to a checkout that is only to be asked for; the same key however often. */
export async function readyToPay(turn: Turn, wish: Wish): Promise<Call | null> {
  const { client, random } = turn
  if (!(await isInCart(turn, wish.pieces ?? 1 + random.below(2)))) return null
  const quoted = await client.ask({
    name: 'Quote',
    query: quoteCart,
    variables: { input: { ...shipping, voucherCodes: wish.voucherCodes } },
  })
  const { cart } = quoted.reply?.data ?? {}
  const quote = cart?.quote?.quote
  if (!quote) return null
  return {
    name: 'CheckOut',
    query: checkOut,
    variables: { input: inputOf({ cartId: cart.id, quote, card: wish.card }) },
    timeoutMs: 25_000,
  }
}

async function isInCart({ client, known, random }: Turn, quantity: number): Promise<boolean> {
  const variantId = known.variantIds[random.below(known.variantIds.length)]
  // What an order that came to nothing left in it.
  await client.insist({
    name: 'ClearCart',
    query: `mutation ClearCart($input: ClearCartInput!) { clearCart(input: $input) { __typename } }`,
    variables: { input: { idempotencyKey: newId() } },
  })
  const added = await client.insist({
    name: 'AddItem',
    query: addItem,
    variables: { input: { idempotencyKey: newId(), variantId, quantity } },
  })
  const outcome = added?.reply?.data?.addCartItem
  // Left standing by a reply that never came: who does not know what it is for lets it go.
  if (outcome?.__typename === 'CartInCheckout' && outcome.order) {
    await changeMind(client, outcome.order.id)
  }
  return outcome?.__typename === 'CartSaved'
}

interface Quoted {
  readonly cartId: string
  readonly quote: { readonly id: string; readonly total: object }
  readonly card: string
}

const shipping = { country: 'DE', shippingMethodId: '01900000-0000-7000-8000-0000000000b1' }

const inputOf = ({ cartId, quote, card }: Quoted) => ({
  ...{ idempotencyKey: newId(), cartId, quoteId: quote.id, expectedTotal: quote.total },
  address: { name: 'Ada', line1: 'Street 1', postalCode: '10115', city: 'Berlin', country: 'DE' },
  shippingMethodId: shipping.shippingMethodId,
  payment: { paymentMethodId: card },
  email: `shopper.${newId()}@example.com`,
})

interface Accepted {
  readonly order: { readonly id: string }
  readonly nextAction: { readonly redirectUrl: string | null } | null
}

async function follow({ client, random }: Turn, { order, nextAction }: Accepted): Promise<void> {
  if (nextAction?.redirectUrl) {
    await atTheBank(client, order.id, { url: nextAction.redirectUrl, random })
  }
  const looked = await client.ask({ name: 'Order', query: readOrder, variables: { id: order.id } })
  if (looked.reply?.data?.order && random.below(8) === 0) await changeMind(client, order.id)
  await client.ask({ name: 'Order', query: readOrder, variables: { id: order.id } })
}

const changeMind = (client: Client, orderId: string) =>
  client.insist({
    name: 'CancelOrder',
    query: `mutation CancelOrder($input: CancelOrderInput!) {
      cancelOrder(input: $input) { __typename }
    }`,
    variables: { input: { idempotencyKey: newId(), orderId } },
  })

/** Yes, no, or gone for good; only who came back says so to the shop. */
async function atTheBank(client: Client, orderId: string, { url, random }: Bank): Promise<void> {
  const chance = random.below(8)
  if (chance === 0) {
    await changeMind(client, orderId)
    return
  }
  const deed = chance === 1 ? 'fail' : 'complete'
  await fetch(`${url}/${deed}`, { method: 'POST', redirect: 'manual' }).catch(() => null)
  // One in four closes the window: then the provider's own word is all there is.
  if (random.below(4) === 0) return
  await client.insist({
    name: 'ConfirmPayment',
    query: `mutation ConfirmPayment($input: ConfirmPaymentInput!) {
      confirmPayment(input: $input) { __typename }
    }`,
    variables: { input: { idempotencyKey: newId(), orderId } },
  })
}

interface Bank {
  readonly url: string
  readonly random: Random
}

const readyToShip = `query Ready { orders(filter: { status: [CONFIRMED] }, first: 20) { nodes { id } } }`

/** Parcels leave; now and then staff call one off instead, and its money goes back. */
export async function ship({ client, random }: Turn): Promise<void> {
  const found = await client.ask({ name: 'Ready', query: readyToShip })
  const nodes = found.reply?.data?.orders?.nodes ?? []
  const order = nodes[random.below(Math.max(1, nodes.length))]
  if (!order) return
  if (random.below(4) === 0) {
    await changeMind(client, order.id)
    return
  }
  await client.insist({
    name: 'Ship',
    query: `mutation Ship($input: CreateFulfillmentInput!) {
      createFulfillment(input: $input) { __typename }
    }`,
    variables: { input: { idempotencyKey: newId(), orderId: order.id, carrier: 'DHL' } },
  })
}
