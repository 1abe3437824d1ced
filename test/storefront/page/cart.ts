import { html } from 'lit-html'
import { ShopperCartDocument, type ShopperCartQuery } from '../documents.generated.ts'
import { buy, type Quote } from './buy.ts'
import type { Shop } from './client.ts'
import { type Leave, type Show, waiting, wrong } from './view.ts'

type Cart = NonNullable<ShopperCartQuery['cart']>

export function openCart(shop: Shop, show: Show): Leave {
  const asked = shop.client.watchQuery({
    query: ShopperCartDocument,
    variables: { quote: { country: 'DE' } },
    fetchPolicy: 'network-only',
  })
  const watching = asked.subscribe(({ data, dataState, error }) => {
    if (error) return show(wrong(error))
    if (dataState !== 'complete') return show(waiting)
    const [method] = data.shippingMethods
    const isShipped = asked.variables.quote.shippingMethodId !== undefined
    if (!isShipped && method) {
      asked.refetch({ quote: { country: 'DE', shippingMethodId: method.id } }).catch(() => {})
      return show(waiting)
    }
    const { cart } = data
    if (!cart?.quantity) return show(html`<h1>Your cart is empty</h1>`)
    show(page(cart, (quote) => buy(shop, { cartId: cart.id, quote, show })))
  })
  return () => watching.unsubscribe()
}

function page({ items, quote: answer }: Cart, onBuy: (quote: Quote) => Promise<void>) {
  const quote = answer.__typename === 'Quoted' ? answer.quote : null
  return html`
    <h1>Your cart</h1>
    ${items.map(
      ({ quantity, variant }) => html`
        <div class="line"><span>${quantity} × ${variant?.product.name}</span><small>${variant?.sku}</small></div>
      `,
    )}
    ${quote?.explain.map(
      ({ label, amount }) => html`
        <div class="line faint"><span>${label}</span><span>${amount.formatted}</span></div>
      `,
    )}
    ${quote && html`<p>${quote.total.formatted} <button id="buy" @click=${() => onBuy(quote)}>Buy</button></p>`}
  `
}
