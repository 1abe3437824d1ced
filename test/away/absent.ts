import { isDeepStrictEqual } from 'node:util'
import { arming } from '../crash/arming.ts'
import { readyToPay } from '../crash/buying.ts'
import { settled } from '../crash/settle.ts'
import type { Victims } from '../crash/shop.ts'
import type { Recorded } from '../faults/recorder.ts'
import type { Absence, End } from './absences.ts'
import { comesLate } from './late.ts'
import { intentsOf, mailsOf, orderOf, type Placed, shelfOf, within } from './order.ts'
import type { World } from './world.ts'

/** What was seen of a checkout while a part was away, and after it had come back. */
export interface Seen {
  /** What the shopper was told. */
  readonly told: string
  readonly order: readonly [status: string, reason: string | null]
  /** At the provider, but for those that were cancelled. */
  readonly payments: readonly string[]
  /** How many say that it is paid: of a part that sends them first while it was away. */
  readonly mails: readonly number[]
  /** Of what was undone. */
  readonly undone: Undone | null
}

interface Undone {
  readonly isShelfAsBefore: boolean
  /** The step once more, after its undoing. */
  readonly late: string
  /** The same key once more. */
  readonly again: string
}

export interface Timed {
  readonly seen: Seen
  readonly stepMs: number
  readonly answerMs: number
}

/** A checkout whose walk finds one part away; the part comes back once the shopper has been told. */
export async function whileAway(world: World, absence: Absence): Promise<Timed> {
  const { shop } = world
  const { part, how, end, pieces } = absence
  await shop.untilReady()
  const shelf = await shelfOf(world)
  const buying = await buyingIn(world, pieces)

  const { answer, ...times } = await struck(shop, absence, buying.pay)
  const order = await orderOf(world, buying.cartId)
  const isMailer = part === 'notifications' && how === 'hung'
  const meanwhile = isMailer ? [await mailsOf(world, order.id)] : []
  if (how === 'hung') shop.signal(part, 'SIGCONT')
  await settled(shop)

  const isPaid = ['sold', 'later', 'soon'].includes(end)
  const mails = await within(isPaid ? 60_000 : 0, () => mailsOf(world, order.id))
  const { status, reason } = await orderOf(world, buying.cartId)
  const payments = intentsOf(world, order.id)
  const undone = end === 'undone' ? await undoneOf(world, { absence, order, shelf, buying }) : null
  const told = isAnyOf(end, toldBy(answer))
  const mailed = [...meanwhile, mails]
  return { ...times, seen: { told, order: [status, reason], payments, mails: mailed, undone } }
}

interface Buying {
  readonly cartId: string
  pay(): Promise<Recorded>
  insist(): Promise<Recorded | null>
}

async function buyingIn(world: World, pieces: number): Promise<Buying> {
  const shopper = world.newcomer()
  const wish = { card: 'pm_card_visa', voucherCodes: ['CRASH'], pieces }
  const call = await readyToPay(shopper, wish)
  if (!call) throw new Error('There is nothing to pay for.')
  const { input } = call.variables as { input: { cartId: string } }
  return {
    cartId: input.cartId,
    pay: () => shopper.client.ask(call),
    insist: () => shopper.client.insist(call),
  }
}

interface Undoing {
  readonly absence: Absence
  readonly order: Placed
  readonly shelf: object
  readonly buying: Buying
}

async function undoneOf(world: World, { absence, order, shelf, buying }: Undoing): Promise<Undone> {
  const late = await comesLate(world, order, absence.step)
  const isShelfAsBefore = isDeepStrictEqual(await shelfOf(world), shelf)
  const again = await buying.insist()
  return { isShelfAsBefore, late, again: again ? toldBy(again) : 'nothing' }
}

/** Of one that may be either by then. */
const isAnyOf = (end: End, told: string): string =>
  end === 'soon' && told === 'CONFIRMED' ? 'PENDING' : told

/** The part goes while the walk stands before the step; how long the step and the whole then took. */
async function struck(shop: Victims, absence: Absence, pay: () => Promise<Recorded>) {
  const { part, how, step } = absence
  const armed = arming(shop, `wait orders.${step}.before`)
  const paying = pay()
  if (!(await armed.hit())) throw new Error(`Nobody came to ${step}: ${toldBy(await paying)}.`)
  shop.signal(part, how === 'killed' ? 'SIGKILL' : 'SIGSTOP')
  const began = performance.now()
  armed[Symbol.dispose]()
  using answered = arming(shop, `wait orders.${step}.in`)
  await answered.hit()
  const stepMs = Math.round(performance.now() - began)
  answered[Symbol.dispose]()
  const answer = await paying
  return { answer, stepMs, answerMs: Math.round(performance.now() - began) }
}

function toldBy({ reply, fault }: Recorded): string {
  const { order, __typename: kind } = reply?.data?.checkout ?? {}
  return order?.status ?? kind ?? reply?.codes.join() ?? String(fault)
}

/** As the contract has it. */
export function expectedOf({ part, how, end, step }: Absence): Seen {
  const seen = ends[end]
  // There is nothing left that could be taken: the hold itself went back.
  if (step === 'commit') return { ...seen, undone: { ...undoneWell, late: 'HoldGone' } }
  return part === 'notifications' && how === 'hung' ? { ...seen, mails: [0, 1] } : seen
}

const sold: Seen = {
  ...{ told: 'CONFIRMED', order: ['CONFIRMED', null] },
  ...{ payments: ['succeeded'], mails: [1], undone: null },
}

const undoneWell: Undone = { isShelfAsBefore: true, late: 'STEP_UNDONE', again: 'CONFIRMED' }

const ends: Readonly<Record<End, Seen>> = {
  sold,
  later: { ...sold, told: 'PENDING' },
  soon: { ...sold, told: 'PENDING' },
  held: {
    ...{ told: 'ON_HOLD', order: ['ON_HOLD', null] },
    ...{ payments: ['requires_capture'], mails: [0], undone: null },
  },
  undone: {
    ...{ told: 'UNAVAILABLE', order: ['CANCELLED', 'UNAVAILABLE'] },
    ...{ payments: [], mails: [0] },
    undone: undoneWell,
  },
}
