import assert from 'node:assert/strict'
import { randomUUID as newKey } from 'node:crypto'
import type { DemoPerson } from '@shop/gateway/playground/playground'
import {
  AddToCartDocument,
  CheckoutDocument,
  LogInDocument,
  OrderStatusDocument,
  ProductListDocument,
  ProductPageDocument,
  type ProductPageQuery,
  ShopperCartDocument,
  UploadProductImageDocument,
} from './documents.generated.ts'
import { type Shop, shopAt } from './page/client.ts'

interface Place {
  readonly endpoint: string
  readonly people: readonly DemoPerson[]
}

/** The same client and documents where there is no browser, as a server that renders pages has them. */
export async function tryWithoutBrowser({ endpoint, people }: Place): Promise<void> {
  const shop = shopAt(endpoint)
  const { data } = await shop.client.query({ query: ProductListDocument, variables: { first: 3 } })
  assert.equal(data?.products.nodes.length, 3)
  const [product] = data.products.nodes
  const variantId = await seesWhatIsLeft(shop, product?.slug ?? '')
  await logIn(shop, people, 'Shopper')
  await buys(shop, variantId)
  await logIn(shop, people, 'Catalogue')
  await uploads(shop, product?.id ?? '')
}

async function logIn({ client, enter }: Shop, people: readonly DemoPerson[], role: string) {
  const { email = '', password = '' } = people.find((each) => each.role.startsWith(role)) ?? {}
  const { data } = await client.mutate({
    mutation: LogInDocument,
    variables: { input: { email, password } },
  })
  assert.ok(data)
  await enter(data.login)
}

/** In two parts: first without what is left, then with it. Gives a variant that can be bought. */
async function seesWhatIsLeft({ client }: Shop, slug: string): Promise<string> {
  const told: string[] = []
  const asked = client.watchQuery({ query: ProductPageDocument, variables: { slug } })
  const variant = await new Promise<Variant>((resolve, reject) => {
    asked.subscribe(({ data, dataState, error }) => {
      if (error) reject(error)
      if (dataState !== 'streaming' && dataState !== 'complete') return
      const first = firstOf(data)
      told.push(`${dataState}: ${typeof first.available}`)
      if (dataState === 'complete') resolve(first)
    })
  })
  assert.deepEqual(told, ['streaming: undefined', 'complete: number'])
  return variant.id
}

type Variant = NonNullable<ProductPageQuery['product']>['variants'][number]

function firstOf({ product }: ProductPageQuery): Variant {
  const [variant] = product?.variants ?? []
  assert.ok(variant)
  return variant
}

async function buys({ client }: Shop, variantId: string): Promise<void> {
  const confirmed = Promise.withResolvers<string>()
  const following = client.subscribe({ query: OrderStatusDocument }).subscribe({
    next({ data, error }) {
      if (error) confirmed.reject(error)
      const order = data?.orderStatusChanged
      if (order?.status === 'CONFIRMED') confirmed.resolve(order.number)
    },
    error: confirmed.reject,
  })
  await client.mutate({
    mutation: AddToCartDocument,
    variables: { input: { idempotencyKey: newKey(), variantId, quantity: 1 } },
  })
  const { data } = await client.mutate({
    mutation: CheckoutDocument,
    variables: { input: await checkoutInput(client) },
  })
  assert.equal(data?.checkout.__typename, 'CheckoutAccepted')
  assert.equal(data.checkout.order.number, await confirmed.promise)
  following.unsubscribe()
}

async function checkoutInput(client: Shop['client']) {
  const cartWith = async (quote: { country: string; shippingMethodId?: string }) => {
    const variables = { quote }
    const fetchPolicy = 'network-only'
    const { data } = await client.query({ query: ShopperCartDocument, variables, fetchPolicy })
    return data
  }
  const first = await cartWith({ country: 'DE' })
  const shippingMethodId = first?.shippingMethods[0]?.id ?? ''
  const cart = (await cartWith({ country: 'DE', shippingMethodId }))?.cart
  assert.equal(cart?.quote.__typename, 'Quoted')
  const { id, total } = cart.quote.quote
  return {
    idempotencyKey: newKey(),
    cartId: cart.id,
    quoteId: id,
    expectedTotal: { amountMinor: total.amountMinor, currency: total.currency },
    email: 'ada@example.com',
    address: {
      name: 'Ada Lovelace',
      line1: 'Hauptstrasse 1',
      postalCode: '10115',
      city: 'Berlin',
      country: 'DE',
    },
    payment: { paymentMethodId: 'pm_card_visa' },
  }
}

const pixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

async function uploads({ client }: Shop, productId: string): Promise<void> {
  const file = new File([Buffer.from(pixel, 'base64')], 'pixel.png', { type: 'image/png' })
  const input = { idempotencyKey: newKey(), productId, altText: 'A pixel', file }
  const { data } = await client.mutate({
    mutation: UploadProductImageDocument,
    variables: { input },
    context: { hasFile: true },
  })
  const image = data?.uploadProductImage.image
  assert.equal(image?.alt, 'A pixel')
  assert.equal((await fetch(image.url)).status, 200)
}
