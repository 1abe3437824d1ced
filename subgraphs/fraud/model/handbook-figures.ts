import { meanWithInterval } from '@shop/kit/learn/bootstrap'
import { classFigures } from '@shop/kit/learn/class-figures'
import { randomFrom } from '@shop/kit/learn/random'
import type { Metric } from '@shop/kit/learn/report'
import { lineScores } from './baselines.ts'
import { cardPrecision, handbookScores, handbookTrial, handbookWorld } from './handbook.ts'

/**
 * Four worlds, each with its own trees, because worlds differ more than methods do; what is looked at
 * first by amount alone stands beside.
 */
export function handbookMetrics(seed: number): Metric[] {
  const worlds = [0, 1, 2, 3].map((world) => {
    const trial = handbookTrial(handbookWorld, seed + world)
    const { scores, chances, truths } = handbookScores(trial)
    const line = lineScores(trial.lesson, trial.rows)
    const amounts = trial.payments.map(({ amount }) => amount)
    const cards = (by: ArrayLike<number>) => cardPrecision(trial.payments, by, 100)
    return { trial, scores, chances, truths, line, amounts, cards }
  })
  const random = randomFrom(seed)
  const pooled = (of: (world: (typeof worlds)[number]) => Iterable<number>) =>
    worlds.flatMap((world) => [...of(world)])
  const truths = pooled((world) => world.truths)
  const own = classFigures(
    { scores: pooled(({ scores }) => scores), chances: pooled(({ chances }) => chances), truths },
    random,
  )
  const line = classFigures({ scores: pooled((world) => world.line), truths }, random)
  const amount = classFigures({ scores: pooled(({ amounts }) => amounts), truths }, random)
  const days = (by: (world: (typeof worlds)[number]) => ArrayLike<number>) =>
    meanWithInterval(
      pooled((world) => world.cards(by(world))),
      random,
    )
  const best = days((world) => world.truths).value
  const common = { scored: truths.length, higherIsBetter: true }
  return [
    {
      name: 'generator AP',
      ...common,
      ...own.averagePrecision,
      floor: 0.69,
      baselines: {
        'logistic regression': line.averagePrecision,
        amount: amount.averagePrecision,
      },
      note: 'Four simulated worlds, a week each; intervals are over payments.',
    },
    {
      name: 'generator CP@100',
      ...common,
      ...days(({ scores }) => scores),
      floor: 0.303,
      baselines: {
        'logistic regression': days((world) => world.line),
        amount: days(({ amounts }) => amounts),
      },
      note: `A perfect order would have ${best.toFixed(3)}. Intervals are over days.`,
    },
    {
      name: 'generator ECE',
      ...common,
      ...own.calibrationError,
      higherIsBetter: false,
      floor: 0.02,
    },
  ]
}
