import { html } from 'lit-html'
import {
  CheckoutDocument,
  type CheckoutInput,
  CheckoutProgressDocument,
  type ShopperCartQuery,
} from '../documents.generated.ts'
import type { Shop } from './client.ts'
import { newKey, type Show, wrong } from './view.ts'

type Answer = NonNullable<ShopperCartQuery['cart']>['quote']
export type Quote = Extract<Answer, { __typename: 'Quoted' }>['quote']

interface Buying {
  readonly cartId: string
  readonly quote: Quote
  readonly show: Show
}

export async function buy(shop: Shop, buying: Buying): Promise<void> {
  const steps: string[] = []
  const leave = follow(shop, buying, steps)
  const { data } = await shop.client.mutate({
    mutation: CheckoutDocument,
    variables: { input: inputOf(buying) },
  })
  leave()
  const result = data?.checkout
  if (result?.__typename !== 'CheckoutAccepted') {
    return buying.show(html`<h1>Not so</h1><p class="wrong">${result?.__typename}</p>`)
  }
  const { number, total } = result.order
  buying.show(html`
    <h1>Thank you</h1>
    <p id="bought">Order ${number}, ${total.formatted}</p>
    <p class="faint" id="steps">${steps.join(' · ')}</p>
  `)
}

/** What becomes of it, over HTTP: that crosses proxies which know no WebSocket. */
function follow({ client }: Shop, { cartId, show }: Buying, steps: string[]) {
  const asked = client.subscribe({
    query: CheckoutProgressDocument,
    variables: { cartId },
    context: { overHttp: true },
  })
  const following = asked.subscribe(({ data, error }) => {
    if (error) return show(wrong(error))
    if (data) steps.push(`${data.checkoutProgress.step} ${data.checkoutProgress.state}`)
    show(html`<h1>Your order is being made</h1><p class="faint">${steps.join(' · ')}</p>`)
  })
  return () => following.unsubscribe()
}

/** By a test card of Stripe. */
const inputOf = ({ cartId, quote }: Buying): CheckoutInput => ({
  idempotencyKey: newKey(),
  cartId,
  quoteId: quote.id,
  expectedTotal: { amountMinor: quote.total.amountMinor, currency: quote.total.currency },
  email: 'ada@example.com',
  address,
  payment: { paymentMethodId: 'pm_card_visa' },
})

const address = {
  name: 'Ada Lovelace',
  line1: 'Hauptstrasse 1',
  postalCode: '10115',
  city: 'Berlin',
  country: 'DE',
}
