import { html } from 'lit-html'
import {
  AddToCartDocument,
  ProductPageDocument,
  type ProductPageQuery,
} from '../documents.generated.ts'
import type { Shop } from './client.ts'
import { uploadForm } from './upload.ts'
import { type Leave, newKey, type Show, waiting, wrong } from './view.ts'

type Product = NonNullable<ProductPageQuery['product']>
type Variant = Product['variants'][number]

/** Shown as soon as the catalogue has answered: what is left is told in a later part. */
export function openProduct(shop: Shop, slug: string, show: Show): Leave {
  const asked = shop.client.watchQuery({ query: ProductPageDocument, variables: { slug } })
  const watching = asked.subscribe(({ data, dataState, error }) => {
    if (error) return show(wrong(error))
    if (dataState !== 'complete' && dataState !== 'streaming') return show(waiting)
    const { product } = data
    show(product ? page(shop, product) : html`<p>There is no such product.</p>`)
  })
  return () => watching.unsubscribe()
}

const page = (shop: Shop, { id, name, description, images, variants }: Product) => html`
  <article class="product">
    <div>
      ${images.map(({ url, alt }) => html`<img src=${url} alt=${alt} />`)}
      ${uploadForm(shop, id)}
    </div>
    <div>
      <h1>${name}</h1>
      <p>${description}</p>
      ${variants.map((variant) => row(shop, variant))}
    </div>
  </article>
`

function row({ client }: Shop, variant: Variant) {
  const { id, attributes, sku, price } = variant
  const add = async () => {
    const input = { idempotencyKey: newKey(), variantId: id, quantity: 1 }
    await client.mutate({ mutation: AddToCartDocument, variables: { input } })
    location.hash = '#/cart'
  }
  const what = attributes.map(({ value }) => value).join(', ') || sku
  const left = variant.available === undefined ? '…' : `${variant.available} left`
  return html`
    <div class="line">
      <span>${what}<br /><small class="left">${left}</small></span>
      <span>${price.formatted}</span>
      <button class="add" @click=${add}>Into the cart</button>
    </div>
  `
}
