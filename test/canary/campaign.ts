import { readFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { settled } from '../crash/settle.ts'
import type { Traced } from '../trace/order.ts'
import { act, live, type Secrets, somebody, stumble } from './acts.ts'
import { canariesIn, newCanaries } from './canaries.ts'
import { placesOf, watchQueues } from './places.ts'

/** Where something always stands: of these none is looked for in vain. */
const wellRead = ['spans', 'metrics', 'answers to others', 'events and dead letters', 'shop.log']

/**
 * A shopper's secrets go through the whole shop while it works, while it fails and while it dies; what
 * of them is found then where others read.
 */
export async function found(traced: Traced): Promise<string[]> {
  await watchQueues(traced)
  const secrets: Secrets = { canaries: newCanaries(), given: {} }
  const client = await live(traced, secrets)
  await stumble(traced, client, secrets.canaries)
  await meet(traced, secrets)
  await fail(traced, secrets)
  await settled(traced.shop)
  metAFault(traced)
  // Spans are exported every five seconds.
  await setTimeout(6000)
  const all = { ...secrets.canaries, ...secrets.given }
  const places = await placesOf(traced)
  const empty = wellRead.filter((where) => (places[where] ?? '').length < 100)
  if (empty.length > 0) throw new Error(`Nothing stands in ${empty}.`)
  return Object.entries(places).flatMap(([where, text]) =>
    canariesIn(text, all).map((what) => `${where}: ${what}`),
  )
}

/** Where nothing failed nothing could have been told of it. */
function metAFault({ shop }: Traced): void {
  const log = readFileSync(shop.log, 'utf8')
  for (const fault of ['refuses', 'does not exist', 'PostgreSQL ended']) {
    if (!log.includes(fault)) throw new Error(`The log tells of no fault: ${fault}.`)
  }
}

/** Somebody else, who knows what can be known: the address that belongs to somebody, and ids. */
async function meet(traced: Traced, { canaries }: Secrets): Promise<void> {
  const stranger = somebody(traced, 'stranger', '198.51.100.202')
  const { email } = canaries
  await act(stranger, 'register', { email, password: 'a stranger has this' })
  await act(stranger, 'login', { email, password: 'a stranger has this' })
  await act(stranger, 'requestPasswordReset', { email })
  const orders = await traced.shop.query('ecommerce', 'select id, number from orders.orders')
  for (const { id, number } of orders.slice(-5)) {
    const query = `query Look($id: ID, $number: String) {
      order(id: $id, number: $number) { id number shippingAddress { name line1 } } }`
    for (const variables of [{ id }, { number }]) {
      await stranger.ask({ name: 'Look', query, variables })
    }
  }
}

/** A fault of ours with all of it in hand: a table that refuses, and then no table; then no database. */
async function fail(traced: Traced, { canaries }: Secrets): Promise<void> {
  const { shop } = traced
  const alter = (change: string) => shop.query('ecommerce', `alter table ${change}`)
  await alter('accounts.users add constraint refuses check (false) not valid')
  await alter('accounts.addresses add constraint refuses check (false) not valid')
  await again(traced, canaries)
  await alter('accounts.users drop constraint refuses')
  await alter('accounts.addresses drop constraint refuses')
  await alter('accounts.users rename to gone')
  await again(traced, canaries)
  await alter('accounts.gone rename to users')
  shop.signal('postgres', 'SIGKILL')
  await again(traced, canaries)
  shop.signal(shop.topology === 'solo' ? 'shop' : 'accounts', 'SIGKILL')
  await again(traced, canaries)
  await shop.untilReady()
}

async function again(
  traced: Traced,
  { email = '', password, ...others }: Readonly<Record<string, string>>,
) {
  const client = somebody(traced, 'canary again', '198.51.100.203')
  const plus = email.replace('@', `.${Math.random().toString(36).slice(2, 6)}@`)
  const names = { givenName: others['given name'], familyName: others['family name'] }
  await act(client, 'register', { email: plus, password, ...names })
  await act(client, 'login', { email, password })
}
