import { type Identity, serviceNamed } from '@shop/kit/identity'
import { demoPassword } from '../deploy/solo/demo.ts'
import type { Shop } from '../deploy/solo/shop.ts'
import { identities } from './access-rows.ts'
import { add, address, becomes, Client, checkoutOf, eventually, quoteFor } from './journey/sale.ts'

/** One of each kind, by the name that `access-ids.csv` has for it. */
export type Things = Readonly<Record<string, string>>

export interface Person {
  readonly client: Client
  readonly identity: Identity
  /** What is this shopper’s own; a cart that was used up is another afterwards. */
  things: Things
}

export interface People {
  readonly ada: Person
  readonly ben: Person
  /** What is nobody’s own. */
  readonly shared: Things
  readonly who: Readonly<Record<string, Identity>>
}

/** Two shoppers who each have one of everything, and the seven who ask. */
export async function peopleOf(shop: Shop): Promise<People> {
  const admin = new Client(shop.url)
  const login = { email: 'admin@shop.example', password: shop.adminPassword }
  admin.token = (await admin.act('login', login, 'accessToken')).accessToken
  const shared = await sharedThings(admin)
  const [first = '', second = ''] = await customersOf(admin)
  const ada = await shopperIn(shop, first, shared)
  const ben = await shopperIn(shop, second, shared)
  const entry = await entryFor(admin, [ada, ben])
  const webhooks = '{ webhookDeliveries(first: 1) { nodes { id } } }'
  const taken = async () => (await admin.ask(webhooks)).data.webhookDeliveries.nodes[0] ?? false
  const webhook = await eventually(taken)
  const { me } = (await admin.ask('{ me { id } }')).data
  const all = identities['staff with every scope'] as Identity
  return {
    ada,
    ben,
    shared: { ...shared, 'fraud-entry': entry.id, webhook: webhook.id },
    who: {
      ...identities,
      owner: ada.identity,
      other: ben.identity,
      'staff with every scope': { ...all, id: me.id },
      // As the shop's own services ask: for somebody.
      service: { ...serviceNamed('orders'), actsFor: `user:${ada.identity.id}` },
    },
  }
}

/** Of the first order that fraud has heard of: on a busy machine checkouts go on without it. */
async function entryFor(admin: Client, people: readonly Person[]): Promise<{ id: string }> {
  const selection = '... on FraudListEntrySaved { entry { id } }'
  return eventually(async () => {
    for (const { things } of people) {
      const listed = { orderId: things.order, list: 'ALLOW', kind: 'EMAIL', note: 'x' }
      const { entry } = await admin.act('addFraudListEntry', listed, selection)
      if (entry) return entry
    }
    return false
  })
}

const catalogue = `{
  products(first: 50) { nodes {
    id images { id } brand { id } seller { id } categories { id } variants { id available price { currency } }
  } }
  warehouses { id }
  shippingMethods(country: "DE") { id } taxClasses { id } promotions(first: 1) { nodes { id } }
}`

interface Listed {
  readonly id: string
  readonly images: readonly { id: string }[]
  readonly brand: { id: string } | null
  readonly seller: { id: string } | null
  readonly categories: readonly { id: string }[]
  readonly variants: readonly { id: string; available: number; price: { currency: string } }[]
}

async function sharedThings(admin: Client): Promise<Things> {
  const { data, codes } = await admin.ask(catalogue)
  if (codes.length > 0) throw new Error(`The shop does not show its shelves: ${codes}`)
  const product = (data.products.nodes as Listed[]).find(
    ({ brand, seller, images, variants }) =>
      brand && seller && images[0] && (variants[0]?.available ?? 0) > 50,
  )
  if (!product) throw new Error('No product of this shop has enough to be asked for.')
  const promotion = await admin.act(
    'createPromotion',
    { name: 'Spring', kind: 'PERCENT', percentOffBps: 1000, needsVoucher: true },
    'promotion { id }',
  )
  const voucher = await admin.act(
    'createVoucher',
    { promotionId: promotion.promotion.id, code: 'SPRING-ACCESS', maxUses: 1 },
    'voucher { id }',
  )
  const collection = await admin.act(
    'createCollection',
    { name: 'To give', productIds: [product.id] },
    'collection { id }',
  )
  const tag = await admin.act('createTag', { name: 'To give' }, 'tag { id }')
  const key = await admin.act(
    'createApiKey',
    { name: 'partner', scopes: [], operationList: 'partner' },
    'apiKey { id }',
  )
  const rule = await admin.act(
    'createFraudRule',
    { name: 'x', action: 'REVIEW', condition: 'most_of_one >= 50' },
    '... on FraudRuleSaved { rule { id } }',
  )
  return {
    product: product.id,
    variant: product.variants[0]?.id ?? '',
    image: product.images[0]?.id ?? '',
    brand: product.brand?.id ?? '',
    seller: product.seller?.id ?? '',
    category: product.categories[0]?.id ?? '',
    collection: collection.collection.id,
    tag: tag.tag.id,
    warehouse: data.warehouses[0].id,
    'shipping-method': data.shippingMethods[0].id,
    'tax-class': data.taxClasses[0].id,
    promotion: promotion.promotion.id,
    voucher: voucher.voucher.id,
    'api-key': key.apiKey.id,
    'fraud-rule': rule.rule.id,
  }
}

/** The e-mails of those of the demo shop whose address is verified: only they keep cards. */
async function customersOf(admin: Client): Promise<string[]> {
  const { data } = await admin.ask('{ users(first: 100) { nodes { email roles emailVerified } } }')
  const users = data.users.nodes as { email: string; roles: string[]; emailVerified: boolean }[]
  return users.flatMap(({ email, roles, emailVerified }) =>
    emailVerified && roles.every((role) => role === 'CUSTOMER') ? [email] : [],
  )
}

/** With an order that is paid, another cart, and a line of all that an account keeps. */
async function shopperIn(shop: Shop, email: string, { variant = '' }: Things): Promise<Person> {
  const client = new Client(shop.url)
  const login = { email, password: demoPassword }
  client.token = (await client.act('login', login, 'accessToken')).accessToken
  const { me } = (await client.ask('{ me { id sessions { id } } }')).data
  await add(client, variant, 2)
  const placed = await (await checkoutOf(client)).pay()
  await becomes(client, placed.order.id, 'CONFIRMED')
  const saved = await client.act(
    'createAddress',
    { address },
    '... on AddressSaved { address { id } }',
  )
  const card = await client.act(
    'addPaymentMethod',
    { token: 'pm_card_visa' },
    '... on PaymentMethodAdded { method { id } }',
  )
  const things = {
    user: me.id,
    session: me.sessions[0].id,
    order: placed.order.id,
    address: saved.address.id,
    'payment-method': card.method.id,
    ...(await onTheOrder(client, placed.order.id)),
    ...(await freshCart(client, variant)),
  }
  const identity = { kind: 'user', id: me.id, scopes: [], sessionId: things.session } as const
  return { client, identity, things }
}

async function onTheOrder(client: Client, orderId: string): Promise<Things> {
  const { data, codes } = await client.ask(
    `{ order(id: "${orderId}") { items { id } payments { id } } }`,
  )
  if (!data?.order?.payments) throw new Error(`The order is not shown: ${codes}`)
  const told = async () => {
    const { data: mine } = await client.ask('{ me { notifications(first: 1) { nodes { id } } } }')
    return mine.me.notifications.nodes[0] ?? false
  }
  const notice = await eventually(told)
  const refund = await client.act(
    'requestRefund',
    { orderId, amount: { amountMinor: 1, currency: 'EUR' }, reason: 'Too small.' },
    '... on RefundRequested { refund { id } }',
  )
  return {
    'order-item': data.order.items[0].id,
    payment: data.order.payments[0].id,
    notification: notice.id,
    refund: refund.refund.id,
  }
}

/** Another cart, with a quote that can be bought. */
export async function freshCart(client: Client, variantId: string) {
  await client.act('clearCart', {})
  await add(client, variantId)
  const { cartId, quote } = await quoteFor(client)
  const { data } = await client.ask('{ cart { items { id } } }')
  return {
    ...{ cart: cartId, quote: quote.id, 'cart-item': data.cart.items[0].id as string },
    amountMinor: String(quote.total.amountMinor),
  }
}
