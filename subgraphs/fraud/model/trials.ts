import type { DataSets } from '@shop/kit/learn/data'
import { type Matrix, matrixOf, pickedRows } from '@shop/kit/learn/matrix'
import { randomFrom } from '@shop/kit/learn/random'
import { stratifiedFolds } from '@shop/kit/learn/splits'
import { habitOf, learnedHabit } from './habit.ts'
import { type FraudModel, type Learning, type Lesson, learned, scored } from './learner.ts'
import { orderColumns, orderMonotone, orderStory } from './orders.ts'
import { componentNames, componentsIn, ordersIn, signUpsIn, sparkovIn } from './sets.ts'
import { signUpStory } from './sign-ups.ts'
import { type Labelled, replayed } from './story.ts'

/** A set made ready: what is learned from, and what is scored. */
export interface Trial {
  readonly lesson: Lesson
  readonly rows: Matrix
  readonly truths: readonly number[]
  readonly learning: Learning
}

export interface Outcome {
  readonly scores: Float64Array
  readonly chances: Float64Array
  readonly truths: readonly number[]
}

export function tried({ lesson, rows, truths, learning }: Trial): Outcome & { model: FraudModel } {
  const model = learned(lesson, learning)
  return { model, truths, ...scored(model, rows) }
}

/** Each row scored by trees that had not seen it, for a set that has no rows set apart. */
export function triedInFolds({ lesson, learning }: Pick<Trial, 'lesson' | 'learning'>): Outcome {
  const truths = Array.from(lesson.targets)
  const scores = new Float64Array(truths.length)
  const chances = new Float64Array(truths.length)
  for (const { train, score } of stratifiedFolds(truths, 5, randomFrom(learning.seed))) {
    const targets = train.map((row) => truths[row] as number)
    const model = learned({ ...lesson, rows: pickedRows(lesson.rows, train), targets }, learning)
    const found = scored(model, pickedRows(lesson.rows, score))
    for (const [i, row] of score.entries()) {
      scores[row] = found.scores[i] as number
      chances[row] = found.chances[i] as number
    }
  }
  return { scores, chances, truths }
}

function trialOf<E>(
  events: readonly Labelled<E>[],
  rows: Matrix,
  { names, learning, monotone, from = 0 }: Ready,
): Trial {
  const places = events.map((_, row) => row)
  const label = (row: number) => events[row]?.label as number
  const known = places.filter((row) => events[row]?.label !== undefined)
  const train = known.filter((row) => events[row]?.training).slice(from)
  const test = known.filter((row) => !events[row]?.training)
  const lesson = {
    names,
    rows: pickedRows(rows, train),
    targets: train.map(label),
    ...(monotone && { monotone }),
  }
  return { lesson, rows: pickedRows(rows, test), truths: test.map(label), learning }
}

interface Ready {
  readonly names: readonly string[]
  readonly learning: Learning
  readonly monotone?: readonly number[]
  /** Rows at the beginning that only fill the past: nothing was known yet. */
  readonly from?: number
}

export function signUpTrial(data: DataSets, seed: number): Trial {
  const story = signUpStory()
  const events = signUpsIn(data)
  const learning = { seed, rounds: 100, rate: 0.08 }
  return trialOf(events, replayed(story, events), { names: story.names, learning, from: 1500 })
}

/** The habit is learned from Sparkov's payments, which are many and of the same categories. */
export function habitFrom(data: DataSets, seed: number) {
  const spent = sparkovIn(data).filter(({ training }) => training)
  return learnedHabit(
    spent.map(({ event, label }) => ({ ...event, fraud: label ?? 0 })),
    seed,
  )
}

export function orderTrial(data: DataSets, seed: number): Trial & { held: boolean } {
  const { orders, held } = ordersIn(data)
  const rows = replayed(orderStory(habitOf(habitFrom(data, seed))), orders)
  const learning = { seed, rounds: 100, rate: 0.03, leaves: 6 }
  const ready = { names: orderColumns, monotone: orderMonotone, learning }
  return { ...trialOf(orders, rows, ready), held }
}

export function componentTrial(data: DataSets, seed: number): Trial {
  const events = componentsIn(data)
  const rows = matrixOf(events.map(({ event }) => event.values))
  return trialOf(events, rows, { names: componentNames, learning: { seed, rounds: 200 } })
}

/** Amount, hour, category and age: too easy to prove skill on, and said so. */
export function sparkovTrial(data: DataSets, seed: number): Trial {
  const events = sparkovIn(data)
  const categories = [...new Set(events.map(({ event }) => event.category))].sort()
  const rows = events.map(({ event: { amount, hour, age, category } }) => [
    amount,
    hour,
    age,
    ...categories.map((each) => Number(each === category)),
  ])
  const names = ['amount', 'hour', 'age', ...categories]
  return trialOf(events, matrixOf(rows), { names, learning: { seed, rounds: 60, rate: 0.1 } })
}
