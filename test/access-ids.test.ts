import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Answer } from '@shop/kit/call'
import type { Identity } from '@shop/kit/identity'
import { newId } from '@shop/kit/ids'
import { masked } from '@shop/kit/masking'
import { GraphQLError } from 'graphql'
import type { Shop } from '../deploy/solo/shop.ts'
import { type IdRow, idArguments, idRows, operationFor, subgraphOf } from './access-ids.ts'
import { freshCart, type People, type Person, peopleOf, type Things } from './access-people.ts'
import { isGiven, rowOf } from './access-rows.ts'
import { address, becomes } from './journey/sale.ts'
import { shopIn } from './journey/shop.ts'

test('every id that can be asked with has a row, and every row such an id', () => {
  const known = idRows.map(({ type, field, argument }) => `${type}.${field}(${argument})`)

  assert.deepEqual(known.toSorted(), idArguments().toSorted())
})

interface World {
  readonly shop: Shop
  readonly people: People
}

interface Question {
  readonly row: IdRow
  readonly name: string
  readonly identity: Identity
}

/** The ids that nothing has: one that could be, and what a hostile client sends. */
const strays = { absent: newId(), malformed: "1' or '1'='1", empty: '', broken: 'a\0b' } as const

/** Malformed ids are read before it is looked at who asks: two of the seven try them. */
const straysOf = (name: string) =>
  name === 'owner' || name === 'anonymous' ? strays : { absent: strays.absent }

interface Told {
  /** Without the id that was asked with, so that two answers can be laid beside each other. */
  readonly text: string
  readonly codes: readonly string[]
}

/** Another cart, where the one before may have been bought or changed. */
async function renew({ shared }: People, person: Person): Promise<void> {
  person.things = { ...person.things, ...(await freshCart(person.client, shared.variant ?? '')) }
}

let asks = 0

/** Asks as the gateway would; all that the field is given beside the id is the asking shopper's own. */
async function askedWith({ shop, people }: World, question: Question, id: string): Promise<Told> {
  const { row, identity, name } = question
  const person = name === 'other' ? people.ben : people.ada
  if (row.argument.includes('savedMethodId')) await renew(people, person)
  const idAt = (argument: string) => {
    const same = idRows.find(
      (each) => each.argument === argument && each.field === row.field && each.type === row.type,
    )
    const things: Record<string, string> = { ...people.shared, ...person.things }
    return things[same?.names ?? ''] ?? newId()
  }
  const input = row.field === 'checkout' ? buying(row, person.things) : {}
  asks += 1
  const asked = operationFor({ row, id, idAt, input })
  const answer = await shop.reach(subgraphOf(row)).ask({ ...asked, identity })
  return toldOf(answer, id)
}

/** What the shopper saw, so that the card is what is decided on; by any other id nothing is bought. */
function buying({ argument }: IdRow, { amountMinor }: Readonly<Record<string, string>>) {
  if (!argument.includes('savedMethodId')) return { payment: { paymentMethodId: 'pm_card_visa' } }
  return { expectedTotal: { amountMinor: Number(amountMinor), currency: 'EUR' } }
}

function toldOf({ data, errors = [] }: Answer, id: string): Told {
  const said = errors.map(({ message, extensions }) => ({ message, code: extensions?.code }))
  const text = JSON.stringify({ data, said })
  return {
    text: id ? text.replaceAll(JSON.stringify(id).slice(1, -1), '…') : text,
    codes: said.map(({ code }) => String(code)),
  }
}

const refusals = ['UNAUTHENTICATED', 'FORBIDDEN']
const isRefused = ({ codes }: Told) => codes.some((code) => refusals.includes(code))
const isFault = ({ codes }: Told) => codes.includes('INTERNAL')

/** What seven are told who ask with every kind of id; a line for each answer that is not as it should be. */
async function wrongIn(world: World, row: IdRow): Promise<string[]> {
  const wrong: string[] = []
  for (const [name, identity] of Object.entries(world.people.who)) {
    const question = { row, name, identity }
    if (row.names.startsWith('cart') || row.names === 'quote') {
      for (const person of [world.people.ada, world.people.ben]) await renew(world.people, person)
    }
    const told: Record<string, Told> = {}
    for (const [kind, id] of Object.entries({
      ...straysOf(name),
      ...idsOf(world.people, row, name),
    })) {
      told[kind] = await askedWith(world, question, id)
    }
    const lines = Object.entries(told).flatMap(([kind, each]) =>
      complaints(question, { kind, told: each, absent: told.absent ?? each }),
    )
    wrong.push(...lines.map((line) => `${row.type}.${row.field}(${row.argument}) ${line}`))
  }
  return wrong
}

/** Of what is owned, the one's and the other's; their own last, since an act may use it up. */
function idsOf({ ada, ben, shared }: People, { names }: IdRow, name: string) {
  const thing = shared[names]
  if (thing) return { there: thing }
  const [adas, bens] = [ada.things[names], ben.things[names]]
  if (!adas || !bens) return {}
  return name === 'other' ? { another: adas, own: bens } : { another: bens, own: adas }
}

interface Seen {
  readonly kind: string
  readonly told: Told
  readonly absent: Told
}

function complaints(question: Question, { kind, told, absent }: Seen): string[] {
  const { row, name, identity } = question
  const line = (why: string) => [`as ${name} with ${kind}: ${why}: ${told.text}`]
  if (isFault(told)) return line('a fault')
  const access = rowOf(row.type, row.field)
  if (!access) return line('no row')
  const isLikeNothing = told.text === absent.text
  if (!isGiven(access, identity)) {
    return isRefused(told) && isLikeNothing ? [] : line('not refused, whatever is there')
  }
  if (kind in strays) return []
  if (isToBeAnswered(question, kind)) return mustBeAnswered(question, { kind, told, absent }, line)
  return isLikeNothing ? [] : line('what is another’s is told from what is not there')
}

function isToBeAnswered({ row, name, identity }: Question, kind: string): boolean {
  // A line is of the order that is named beside it; another's is none, whoever asks.
  if (row.names === 'order-item' && kind === 'another') return false
  const isOwn = rowOf(row.type, row.field)?.isOwn ?? false
  const isTheirs = kind === 'own' && ['owner', 'other', 'service'].includes(name)
  return isTheirs || !isOwn || kind === 'there' || identity.scopes.includes(row.also)
}

type Line = (why: string) => string[]

function mustBeAnswered({ row, name }: Question, { kind, told, absent }: Seen, line: Line) {
  const isOwn = rowOf(row.type, row.field)?.isOwn
  // Who has no account and no session has no cart: that is said before any id is looked at.
  if (isRefused(told)) return isOwn && kind === 'there' && name !== 'owner' ? [] : line('refused')
  // One act ends what is there no more as well; of the other the owner has used up the only one.
  const isTold = row.also !== 'told-nothing' && !(row.also === 'used-up' && name === 'service')
  const isPrivate = isOwn && kind !== 'there' && isTold
  return isPrivate && told.text === absent.text ? line('is not found') : []
}

/** What comes of following with this id until the signal: events, or a refusal. */
async function followed({ shop }: World, { row, identity }: Question, { id, signal }: Following) {
  const asked = operationFor({ row, id, idAt: () => id, input: {} })
  const seen: Told[] = []
  const link = shop.reach(subgraphOf(row))
  try {
    for await (const answer of link.follow({ ...asked, identity, signal })) {
      seen.push(toldOf(answer, id))
    }
  } catch (fault) {
    const originalError = fault as Error
    const told = masked(new GraphQLError(originalError.message, { originalError }))
    seen.push(toldOf({ errors: [told] }, id))
  }
  return seen
}

interface Following {
  readonly id: string
  readonly signal: AbortSignal
}

async function wrongWhileFollowed(world: World): Promise<string[]> {
  const { ada, shared, who } = world.people
  const cart = await freshCart(ada.client, shared.variant ?? '')
  const things: Record<string, string> = { ...ada.things, ...cart }
  const ending = new AbortController()
  const asked = idRows
    .filter(({ type }) => type === 'Subscription')
    .flatMap((row) =>
      Object.entries(who).flatMap(([name, identity]) =>
        Object.entries({ ...straysOf(name), own: things[row.names] ?? '' }).map(
          async ([kind, id]) => {
            const question = { row, name, identity }
            const seen = await followed(world, question, { id, signal: ending.signal })
            return { question, kind, seen }
          },
        ),
      ),
    )
  await buysAndCancels(ada, cart)
  ending.abort()
  return (await Promise.all(asked)).filter(isWrong).map(tellWrong)
}

interface Followed {
  readonly question: Question
  readonly kind: string
  readonly seen: readonly Told[]
}

function isWrong({ question: { row, name, identity }, kind, seen }: Followed): boolean {
  const sees = name === 'owner' || name === 'service' || identity.scopes.includes(row.also)
  const got = seen.some(({ text }) => text.includes('__typename'))
  return seen.some(isFault) || got !== (kind === 'own' && sees)
}

const tellWrong = ({ question: { row, name }, kind, seen }: Followed) =>
  `${row.field} as ${name} with ${kind}: ${seen.map(({ text }) => text).join(' ')}`

/** Moves what is followed, and gives what is told of it two seconds. */
async function buysAndCancels({ client, things: { order = '' } }: Person, cart: Things) {
  await client.act('checkout', {
    ...{ quoteId: cart.quote, cartId: cart.cart, address, email: 'ada@example.com' },
    expectedTotal: { amountMinor: Number(cart.amountMinor), currency: 'EUR' },
    payment: { paymentMethodId: 'pm_card_visa' },
  })
  await client.act('cancelOrder', { orderId: order })
  await becomes(client, order, 'CANCELLED')
  await new Promise((wake) => setTimeout(wake, 2000))
}

test('another’s id is as one that nothing has, to seven who ask and follow with every id', async (t) => {
  await using shop = await shopIn('solo', t, { products: 40 })
  assert.ok(shop)
  const world = { shop, people: await peopleOf(shop) }

  assert.deepEqual(await wrongWhileFollowed(world), [])

  const wrong: string[] = []
  for (const row of idRows.filter(({ type }) => type !== 'Subscription')) {
    wrong.push(...(await wrongIn(world, row)))
  }
  t.diagnostic(`${asks} questions`)
  assert.deepEqual(wrong, [])
})
