import { type Identity, serviceNamed } from '@shop/kit/identity'
import { newId } from '@shop/kit/ids'
import { mug, type World } from './world.ts'

type Who = string | Identity

export const cartFields = 'id version quantity items { id quantity variant { id } }'

export const adding = (as: Who, input: object = {}) => ({
  as,
  variables: { input: { idempotencyKey: newId(), variantId: mug, ...input } },
  query: `mutation ($input: AddCartItemInput!) {
    addCartItem(input: $input) {
      __typename
      ... on CartSaved { cart { ${cartFields} } }
      ... on CartInCheckout { order { id status } }
    }
  }`,
})

export const cartOf = (as: Who) => ({ as, query: `{ cart { ${cartFields} checkout { id } } }` })

const quoting = (as: Who, input: object) => ({
  as,
  variables: { input },
  query: `query ($input: QuoteInput!) {
    cart {
      id
      quote(input: $input) {
        __typename
        ... on Quoted { quote {
          id total { amountMinor currency } expiresAt shippingMethodId
          items { id sku name quantity total { amountMinor } }
          explain { label itemId amount { amountMinor } }
        } }
        ... on VoucherNotUsable { code reason }
        ... on AddressNotServed { country }
        ... on ItemsNotSold { variants { id } }
      }
    }
  }`,
})

export async function quoteFor({ ask }: World, as: Who, input: object = { country: 'SE' }) {
  const { data } = await ask(quoting(as, input))
  return { cartId: data.cart.id as string, ...data.cart.quote }
}

const address = {
  ...{ name: 'Ada Lovelace', line1: 'Storgatan 1', postalCode: '111 22', city: 'Stockholm' },
  country: 'SE',
}

interface Wanted {
  cartId: string
  quote: { id: string; total: { amountMinor: number; currency: string } }
}

export const checkingOut = (as: Who, { cartId, quote }: Wanted, changed: object = {}) => ({
  as,
  variables: {
    input: {
      idempotencyKey: newId(),
      ...{ cartId, quoteId: quote.id, expectedTotal: quote.total, address },
      payment: { paymentMethodId: 'pm_card_visa' },
      email: 'ada@example.org',
      ...changed,
    },
  },
  query: `mutation ($input: CheckoutInput!) {
    checkout(input: $input) {
      __typename
      ... on CheckoutAccepted {
        order { id number status total { amountMinor currency } cancelReason }
        nextAction { kind clientSecret }
      }
      ... on OutOfStock { variants { id } }
      ... on PriceChanged { quote { id total { amountMinor } } }
      ... on PaymentDeclined { code }
      ... on VoucherNotUsable { code reason }
      ... on AddressNotServed { country }
      ... on CartChanged { cart { id } }
      ... on CartEmpty { cart { id } }
    }
  }`,
})

/** A cart with so many mugs, its quote, and the checkout that is ready to be asked. */
export async function readyToBuy(shop: World, as: Who, changed: object = {}) {
  await shop.ask(adding(as, { quantity: 2 }))
  return checkingOut(as, await quoteFor(shop, as), changed)
}

export async function bought(shop: World, as: Who): Promise<{ id: string; number: string }> {
  const { data } = await shop.ask(await readyToBuy(shop, as))
  return data.checkout.order
}

export const orderOf = (as: Who, id: string) => ({
  as,
  variables: { id },
  query: `query ($id: ID!) { order(id: $id) {
    id status cancelReason version timeline { status by } availableTransitions
  } }`,
})

/** Of all that was ever announced, in the order in which it was. */
export async function announced({ database }: World): Promise<unknown[]> {
  const rows = await database.run('select name, data from outbox order by aggregate_id, sequence')
  return rows.map(({ name }) => name)
}

/** What is told of its end: by the event, and whether by mail. */
export async function toldOfEnd(shop: World, id: string): Promise<object> {
  const [event] = await shop.database.run(
    `select data ->> 'reason' as reason, data -> 'isKnown' as "isKnown" from outbox
      where name = 'orders.order-cancelled'`,
  )
  const { data } = await shop.ask({
    as: serviceNamed('notifications'),
    variables: { id },
    query: `query ($id: ID!) { orderForMail(orderId: $id, eventId: $id) { email } }`,
  })
  return { ...event, isMailed: data.orderForMail !== null }
}

/** Waits until the only checkout, or that of this order, is so; ten seconds and no longer. */
export async function untilState({ database }: World, state: string): Promise<void> {
  for (const end = Date.now() + 10_000; Date.now() < end; ) {
    const rows = await database.run('select state from checkouts order by order_id desc limit 1')
    if (rows[0]?.state === state) return
    await new Promise((wake) => setTimeout(wake, 10))
  }
  throw new Error(`The checkout has not become ${state}.`)
}
