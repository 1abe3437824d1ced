import { type Matrix, pickedRows } from '@shop/kit/learn/matrix'
import { randomFrom } from '@shop/kit/learn/random'
import { type Payment, simulatedPayments } from './generator.ts'
import { type FraudModel, type Lesson, learned, scored } from './learner.ts'
import { PaymentStory, paymentDelayDays, paymentMonotone } from './payments.ts'
import { type Labelled, replayed } from './story.ts'

/** The Handbook's world, with as many days as its longest window and a test need. */
export const handbookWorld = { customers: 5000, terminals: 10_000, days: 65, radius: 5 }

const testDays = 7
const trainDays = 21
/** Of payments without fraud, the share that is learned from; each stands for the rest. */
const honestShare = 0.15

export interface Handbook {
  readonly payments: readonly Payment[]
  readonly rows: Matrix
  readonly model: FraudModel
  readonly lesson: Lesson
}

/** The last week is scored, a week of delay before it is not learned from, three weeks are. */
export function handbookTrial(world: typeof handbookWorld, seed: number): Handbook {
  const all = simulatedPayments({ ...world, seed })
  const scoredFrom = world.days - testDays
  const learnedUntil = scoredFrom - paymentDelayDays
  const learnedFrom = learnedUntil - trainDays
  const story = new PaymentStory()
  const events = all.map(
    (event): Labelled<Payment> => ({
      event,
      label: event.scenario > 0 ? 1 : 0,
      // What happens in the scored week becomes known only after it, by the story's own delay.
      training: true,
    }),
  )
  const random = randomFrom(seed)
  const sample = new Set(
    all.filter(
      ({ at, scenario }) =>
        at >= learnedFrom && at < learnedUntil && (scenario > 0 || random.next() < honestShare),
    ),
  )
  const inTest = ({ at }: Payment) => at >= scoredFrom
  const wanted = (payment: Payment) => inTest(payment) || sample.has(payment)
  const rows = replayed(story, events, wanted)
  const kept = all.filter(wanted)
  const known = knownCards(all, scoredFrom)
  const places = kept.map((_, row) => row)
  const train = places.filter((row) => !inTest(kept[row] as Payment))
  const test = places.filter((row) => {
    const payment = kept[row] as Payment
    return inTest(payment) && !known(payment)
  })
  const targets = train.map((row) => Number((kept[row] as Payment).scenario > 0))
  const weights = targets.map((target) => (target === 1 ? 1 : 1 / honestShare))
  const own = { names: story.names, targets, weights, monotone: paymentMonotone }
  const lesson = { ...own, rows: pickedRows(rows, train) }
  return {
    payments: test.map((row) => kept[row] as Payment),
    rows: pickedRows(rows, test),
    lesson,
    model: learned(lesson, { seed, leaves: 16 }),
  }
}

/**
 * Cards that were defrauded in the two weeks before, as far as is known by the day, are stopped and
 * no longer scored: the Handbook's protocol.
 */
function knownCards(all: readonly Payment[], scoredFrom: number) {
  const firstFraud = new Map<number, number>()
  for (const { at, customer, scenario } of all) {
    if (scenario === 0 || at < scoredFrom - 2 * paymentDelayDays) continue
    if (!firstFraud.has(customer)) firstFraud.set(customer, at)
  }
  return ({ at, customer }: Payment) =>
    (firstFraud.get(customer) ?? Infinity) < Math.floor(at) - paymentDelayDays
}

/** Scores, chances and truths of the scored week. */
export function handbookScores({ payments, rows, model }: Handbook) {
  const truths = payments.map(({ scenario }) => Number(scenario > 0))
  return { ...scored(model, rows), truths }
}

/**
 * Card precision (Le Borgne et al., chapter 4): of the `k` cards with the day's highest scores,
 * the share that were defrauded that day. A card found on one day is not looked at again. One
 * number a day.
 */
export function cardPrecision(payments: readonly Payment[], scores: ArrayLike<number>, k: number) {
  const found = new Set<number>()
  return daysOf(payments, scores).map((cards) => {
    const top = cards.filter(({ customer }) => !found.has(customer)).slice(0, k)
    const frauds = top.filter(({ fraud }) => fraud)
    for (const { customer } of frauds) found.add(customer)
    return frauds.length / k
  })
}

interface Card {
  readonly customer: number
  readonly score: number
  readonly fraud: boolean
}

/** The cards of each day, the highest score first. */
function daysOf(payments: readonly Payment[], scores: ArrayLike<number>): Card[][] {
  const days = new Map<number, Map<number, Card>>()
  for (const [i, { at, customer, scenario }] of payments.entries()) {
    const day = Math.floor(at)
    const cards = days.get(day) ?? new Map<number, Card>()
    days.set(day, cards)
    const card = cards.get(customer)
    const score = Math.max(card?.score ?? -Infinity, scores[i] as number)
    cards.set(customer, { customer, score, fraud: card?.fraud === true || scenario > 0 })
  }
  return [...days.values()].map((cards) => [...cards.values()].sort((a, b) => b.score - a.score))
}
