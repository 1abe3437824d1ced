import { classFigures } from '@shop/kit/learn/class-figures'
import { type Random, randomFrom } from '@shop/kit/learn/random'
import type { Judging, Metric } from '@shop/kit/learn/report'
import { conversionChances, learnedConversion, type Visits } from '../conversion.ts'
import { visitsOf } from './visits.ts'

export function judgedConversion({ data, seed }: Judging): Metric[] {
  const name = 'online-shoppers-intention/sessions'
  const [validation, scoredFile] = [data.file(`${name}_validation`), data.scored(name)]
  const past = [data.train(name), ...(scoredFile === validation ? [] : [validation])]
  const [train, scored] = [visitsOf(past), visitsOf([scoredFile])]
  const random = randomFrom(seed)
  const chances = conversionChances(learnedConversion(train, seed), scored.visits)
  const ours = figures(chances, scored, random)
  const pageValue = figures(
    scored.visits.map((visit) => Number(visit.pageValue)),
    scored,
    random,
  )
  const [without, unseen] = [
    visitsOf(past, { pageValue: false }),
    visitsOf([scoredFile], { pageValue: false }),
  ]
  const blind = figures(
    conversionChances(learnedConversion(without, seed), unseen.visits),
    scored,
    random,
  )
  const shared = { higherIsBetter: true, scored: scored.bought.length }
  const note =
    'Page value is known only after the visit; without it the figure is the baseline so named.'
  return [
    {
      ...shared,
      ...ours.rocAuc,
      name: 'online-shoppers-intention conversion AUC',
      floor: 0.933,
      baselines: { 'page value alone': pageValue.rocAuc, 'trees without page value': blind.rocAuc },
      note,
    },
    {
      ...shared,
      ...ours.averagePrecision,
      name: 'online-shoppers-intention conversion AP',
      floor: 0.735,
      baselines: {
        'page value alone': pageValue.averagePrecision,
        'trees without page value': blind.averagePrecision,
      },
      note,
    },
    {
      ...shared,
      ...ours.calibrationError,
      name: 'online-shoppers-intention conversion ECE',
      higherIsBetter: false,
    },
  ]
}

const figures = (scores: readonly number[], { bought }: Visits, random: Random) =>
  classFigures({ scores, truths: bought }, random)
