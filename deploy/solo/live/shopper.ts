import type { Chance } from '@shop/demo/chance'
import type { Customer } from '@shop/demo/people/customers'
import { Client } from './client.ts'

export interface Visit {
  readonly url: string
  readonly signal: AbortSignal
  readonly chance: Chance
  readonly email: string
  readonly address: Customer['addresses'][number]
  /** Of whoever has an account; null for a guest. */
  readonly password: string | null
}

/** What is paid with, as often as it stands here. */
const cards = [
  ...Array.from({ length: 7 }, () => 'pm_card_visa'),
  ...['pm_card_mastercard', 'pm_card_mastercard', 'pm_card_amex'],
  ...['pm_card_authenticationRequired', 'pm_card_threeDSecure2Required'],
  ...['pm_card_visa_chargeDeclined', 'pm_card_visa_chargeDeclinedInsufficientFunds'],
] as const

/** As anybody buys: something into the cart, what it costs, the card, and the bank where it asks. */
export async function goShopping(visit: Visit): Promise<void> {
  const client = new Client(visit.url, visit.signal)
  if (visit.password) await client.enter(visit.email, visit.password)
  const variantIds = await pickFrom(client, visit.chance)
  for (const variantId of variantIds) {
    await client.act('addCartItem', { variantId, quantity: visit.chance.happens(0.2) ? 2 : 1 })
  }
  if (variantIds.length > 0) await pay(client, visit)
}

const page = `query ($slug: String!, $sort: ProductSort!) {
  products(first: 24, sort: $sort, filter: { category: $slug }) {
    nodes { variants { id available price { amountMinor } } }
  }
}`

interface Variant {
  readonly id: string
  readonly available: number
  readonly price: { readonly amountMinor: number }
}

/** One to three things of a department that are there, none a fortune. */
async function pickFrom(client: Client, chance: Chance): Promise<string[]> {
  const { categories } = await client.ask('{ categories { slug } }')
  const { slug } = chance.pick(categories as readonly { slug: string }[])
  const sort = chance.pick(['PRICE_ASC', 'NEWEST'])
  const { products } = await client.ask(page, { slug, sort })
  const nodes = products.nodes as readonly { variants: readonly Variant[] }[]
  const there = nodes.flatMap(({ variants }) =>
    variants.filter(({ available, price }) => available > 2 && price.amountMinor < 30_000),
  )
  const some = chance.shuffled(there).slice(0, chance.between(1, 3))
  return some.map(({ id }) => id)
}

const quoted = `query ($input: QuoteInput!) { cart { id quote(input: $input) {
  ... on Quoted { quote { id total { amountMinor currency } } }
} } }`

const outcome = `__typename ... on CheckoutAccepted { order { id } nextAction { redirectUrl } }`

async function pay(client: Client, { chance, email, address, signal }: Visit): Promise<void> {
  const { country, postalCode, city, name, street: line1 } = address
  const { shippingMethods } = await client.ask(
    'query ($country: String!) { shippingMethods(country: $country) { id } }',
    { country },
  )
  const [method] = shippingMethods
  const { cart } = await client.ask(quoted, { input: { country, shippingMethodId: method.id } })
  const { quote } = cart.quote
  if (!quote) return
  const { order, nextAction } = await client.act(
    'checkout',
    {
      ...{ cartId: cart.id, quoteId: quote.id, expectedTotal: quote.total, email },
      address: { name, line1, postalCode, city, country },
      payment: { paymentMethodId: chance.pick(cards) },
    },
    outcome,
  )
  if (!nextAction?.redirectUrl) return
  const deed = chance.happens(0.8) ? 'complete' : 'fail'
  await fetch(`${nextAction.redirectUrl}/${deed}`, { method: 'POST', redirect: 'manual', signal })
  await client.act('confirmPayment', { orderId: order.id })
}
