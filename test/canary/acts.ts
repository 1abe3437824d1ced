import { newId } from '@shop/kit/ids'
import { randomFrom } from '@shop/kit/learn/random'
import { readyToPay } from '../crash/buying.ts'
import { type Client, clientOf } from '../crash/client.ts'
import { settled } from '../crash/settle.ts'
import type { Traced } from '../trace/order.ts'
import type { Canaries } from './canaries.ts'

export interface Secrets {
  readonly canaries: Canaries
  /** What the shop itself gave out, to this shopper alone. */
  readonly given: Record<string, string>
}

type Data = Readonly<Record<string, { readonly [field: string]: unknown } | null>> | null

const houseOf = (canaries: Canaries) => ({
  ...{ name: canaries.recipient, line1: canaries.street, postalCode: '10115' },
  ...{ city: 'Berlin', country: 'DE', phone: canaries.phone },
})

export function act(client: Client, field: string, input: object) {
  const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`
  const selection = /^(register|login)$/.test(field) ? 'accessToken refreshToken' : '__typename'
  const query = `mutation Act($input: ${type}!) { ${field}(input: $input) { ${selection} } }`
  return client.ask({ name: 'Act', query, variables: { input } })
}

export const somebody = ({ recorder }: Traced, name: string, address: string): Client =>
  clientOf({ recorder, name, address, isOver: () => false })

/** All that a shopper tells a shop: an account, a house, an order that is paid and then called off. */
export async function live(traced: Traced, { canaries, given }: Secrets): Promise<Client> {
  const client = somebody(traced, 'canary', '198.51.100.201')
  const { email, password } = canaries
  const names = { givenName: canaries['given name'], familyName: canaries['family name'] }
  await act(client, 'register', { email, password, ...names })
  await act(client, 'login', { email, password: canaries['wrong password'] })
  const { reply } = await act(client, 'login', { email, password })
  const entered = (reply?.data as Data)?.login
  given['access token'] = String(entered?.accessToken)
  given['refresh token'] = String(entered?.refreshToken)
  client.enter(given['access token'])
  await act(client, 'updateProfile', { idempotencyKey: newId(), phone: canaries.phone })
  const house = { idempotencyKey: newId(), address: houseOf(canaries) }
  await act(client, 'createAddress', house)
  await act(client, 'requestPasswordReset', { email })
  await buyAndRegret(traced, client, canaries)
  await settled(traced.shop)
  for (const { text } of traced.provider.mails()) {
    const [, token] = /[?&#](?:token|link)=([\w.-]{20,})/.exec(text) ?? []
    if (token) given[`token of a mail ${token.slice(0, 4)}`] = token
  }
  return client
}

async function buyAndRegret(traced: Traced, client: Client, canaries: Canaries): Promise<void> {
  const turn = { client, known: traced.known, random: randomFrom(99) }
  const wish = { card: 'pm_card_visa', voucherCodes: [] }
  const call = await readyToPay(turn, wish)
  if (!call) throw new Error('There is nothing to pay for.')
  const { input } = call.variables as { input: object }
  const own = { ...input, email: canaries.email, address: houseOf(canaries), device: canaries.note }
  // First by a number where the provider's token belongs.
  const byNumber = { ...own, idempotencyKey: newId(), payment: { paymentMethodId: canaries.card } }
  await client.ask({ ...call, variables: { input: byNumber } })
  const again = await readyToPay(turn, wish)
  const { input: fresh } = (again ?? call).variables as { input: object }
  const placed = await client.insist({
    ...call,
    variables: { input: { ...own, ...fresh, ...mine(canaries) } },
  })
  const order = placed?.reply?.data?.checkout?.order
  if (!order) throw new Error(`Nothing was bought: ${JSON.stringify(placed?.reply)}`)
  const regret = { idempotencyKey: newId(), orderId: order.id, reason: canaries.note }
  await act(client, 'cancelOrder', regret)
}

const mine = (canaries: Canaries) => ({ email: canaries.email, address: houseOf(canaries) })

/** The same things where they do not belong: of a wrong type, in a document, in an address, as a file. */
export async function stumble(traced: Traced, client: Client, canaries: Canaries): Promise<void> {
  const all = Object.values(canaries)
  const typed = `mutation Act($input: LoginInput!) { login(input: $input) { accessToken } }`
  for (const each of all) {
    const wrong = { input: { email: [each], password: { each } } }
    await client.ask({ name: 'Act', query: typed, variables: wrong })
    const text = JSON.stringify(each)
    const query = `query Act { product(slug: ${text}) { id } order(id: ${text}) { id }
      user(id: ${text}) { id } products(after: ${text}) { totalCount } }`
    const headers = { authorization: `Bearer ${each.replaceAll(' ', '_')}`, 'x-request-id': each }
    await client.ask({ name: 'Act', query })
    await client.ask({ name: 'Act', query, headers })
    await act(client, 'verifyEmail', { token: each })
    await fetch(`${traced.shop.url}/${encodeURIComponent(each)}?query=${encodeURIComponent(each)}`)
  }
}
