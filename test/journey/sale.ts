import { newId } from '@shop/kit/ids'
import { messagesOf } from '@shop/kit/sse'

// biome-ignore lint/suspicious/noExplicitAny: JSON, as it came.
type Data = any

export interface Told {
  readonly data: Data
  readonly codes: readonly string[]
}

/** One client: it keeps the shop session that it is given, and the token of whoever logged in. */
export class Client {
  readonly #url: string
  readonly #address: string | null
  #session: string | null = null
  token: string | null = null

  /** `address` is whom a trusted proxy would say that it is. */
  constructor(url: string, address: string | null = null) {
    this.#url = url
    this.#address = address
  }

  async ask(query: string, variables: object = {}): Promise<Told> {
    const response = await fetch(this.#url, {
      method: 'POST',
      headers: this.#headers('application/json'),
      body: JSON.stringify({ query, variables }),
    })
    this.#session = response.headers.get('x-shop-session') ?? this.#session
    const { data = null, errors = [] } = (await response.json()) as {
      data?: Data
      errors?: { extensions: { code: string } }[]
    }
    return { data, codes: errors.map(({ extensions }) => extensions.code) }
  }

  /** A mutation with its one input; it throws what is not answered. */
  async act(field: string, input: object, selection = '__typename'): Promise<Data> {
    const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`
    const query = `mutation ($input: ${type}!) { ${field}(input: $input) { ${selection} } }`
    const whole = keyless.has(field) ? input : { idempotencyKey: newId(), ...input }
    const { data, codes } = await this.ask(query, { input: whole })
    if (!data?.[field]) throw new Error(`${field} was refused: ${codes}`)
    return data[field]
  }

  /** Follows from when this resolves; `seen` grows. */
  async follow(query: string): Promise<{ seen: Data[] } & Disposable> {
    const ending = new AbortController()
    const response = await fetch(this.#url, {
      method: 'POST',
      headers: this.#headers('text/event-stream'),
      body: JSON.stringify({ query }),
      signal: ending.signal,
    })
    if (!response.body) throw new Error('There is no stream.')
    const seen: Data[] = []
    const read = async () => {
      const chunks = response.body as unknown as AsyncIterable<Buffer>
      for await (const message of messagesOf(chunks)) seen.push(JSON.parse(message).data)
    }
    read().catch(() => {})
    return { seen, [Symbol.dispose]: () => ending.abort() }
  }

  #headers(accept: string): Record<string, string> {
    return {
      accept,
      'content-type': 'application/json',
      ...(this.#address && { 'x-forwarded-for': this.#address }),
      ...(this.#session && { 'x-shop-session': this.#session }),
      ...(this.token && { authorization: `Bearer ${this.token}` }),
    }
  }
}

const keyless = new Set(['login', 'register', 'logout', 'refreshToken', 'verifyEmail'])

export const address = {
  name: 'Ada Lovelace',
  line1: 'Hauptstrasse 1',
  postalCode: '10115',
  city: 'Berlin',
  country: 'DE',
}

const quoted = `{ cart { id quote(input: INPUT) {
  __typename
  ... on Quoted { quote { id shippingMethodId total { amountMinor currency }
    discount { amountMinor } explain { amount { amountMinor } } } }
  ... on VoucherNotUsable { code reason }
} } }`

export async function quoteFor(client: Client, voucherCodes: readonly string[] = []) {
  const methods = await client.ask('{ shippingMethods(country: "DE") { id } }')
  const [method] = methods.data.shippingMethods
  const input = `{ country: "DE", shippingMethodId: "${method.id}",
    voucherCodes: ${JSON.stringify(voucherCodes)} }`
  const { data, codes } = await client.ask(quoted.replace('INPUT', input))
  if (!data?.cart?.quote?.quote)
    throw new Error(`There is no quote: ${codes} ${JSON.stringify(data)}`)
  return { cartId: data.cart.id as string, quote: data.cart.quote.quote }
}

const outcome = `
  __typename
  ... on CheckoutAccepted { order { id number status cancelReason } nextAction { redirectUrl } }
  ... on OutOfStock { variants { id } }
  ... on PriceChanged { quote { id } }
  ... on PaymentDeclined { code }`

interface Buying {
  readonly card?: string
  readonly vouchers?: readonly string[]
  readonly email?: string
}

export async function checkoutOf(
  client: Client,
  { card = 'pm_card_visa', vouchers = [], email = 'ada@example.com' }: Buying = {},
) {
  const { cartId, quote } = await quoteFor(client, vouchers)
  const input = {
    idempotencyKey: newId(),
    ...{ cartId, quoteId: quote.id, expectedTotal: quote.total, address },
    ...{ payment: { paymentMethodId: card }, email },
  }
  return {
    cartId,
    quote,
    /** By the same key each time. */
    tryToPay: () =>
      client.ask(`mutation ($input: CheckoutInput!) { checkout(input: $input) { ${outcome} } }`, {
        input,
      }),
    pay: (): Promise<Data> => client.act('checkout', input, outcome),
  }
}

export const add = (client: Client, variantId: string, quantity = 1): Promise<Data> =>
  client.act('addCartItem', { variantId, quantity })

export async function statusOf(client: Client, id: string): Promise<Data> {
  const { data } = await client.ask(
    `{ order(id: "${id}") { status cancelReason refunded { amountMinor } } }`,
  )
  return data.order
}

/** Waits half a minute for something to be so. */
export async function eventually<T>(
  look: () => Promise<T | false> | T | false,
  instead = () => '',
): Promise<T> {
  for (let tries = 0; tries < 300; tries++) {
    const so = await look()
    if (so !== false) return so
    await new Promise((wake) => setTimeout(wake, 100))
  }
  throw new Error(`It has not become so within half a minute. ${instead()}`)
}

export async function becomes(client: Client, id: string, status: string) {
  let order: Data
  const look = async () => {
    order = await statusOf(client, id)
    return order.status === status && order
  }
  return eventually(look, () => `It is ${JSON.stringify(order)}, and not ${status}.`)
}
