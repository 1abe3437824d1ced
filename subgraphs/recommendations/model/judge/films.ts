import type { Judging, Metric } from '@shop/kit/learn/report'
import { historiesOf } from '../history.ts'
import { learned } from '../learned.ts'
import { Scores } from '../scores.ts'
import { compared } from './comparison.ts'
import { methodsOf, tenBest } from './methods.ts'
import { filmSettings, movielens } from './movielens.ts'

/** A film that fewer rated is never among the ten best, and would only cost time. */
const leastRaters = 3

export async function judgedFilms({ data, seed }: Judging): Promise<Metric[]> {
  const { train, liked } = movielens(data)
  const raters = Map.groupBy(train, ({ item }) => item)
  const films = [...raters].filter(([, rows]) => rows.length >= leastRaters)
  const catalogue = films.map(([id]) => ({ id }))
  const settings = { ...filmSettings, als: { ...filmSettings.als, seed } }
  const model = await learned({ interactions: train, catalogue }, settings)
  const histories = historiesOf(train, model.items)
  const cases = [...histories].map(([user, history]) => ({
    history,
    wanted: liked.get(user) ?? new Set<string>(),
  }))
  const methods = methodsOf(model, [...histories.values()], model.endMs)
  const listed = (scoring: (typeof methods)['EASE']) => tenBest(model, scoring, { repeats: false })
  return compared(
    {
      name: 'MovieLens',
      cases,
      ours: listed((history) => new Scores(model, history, { nowMs: model.endMs }).blended()),
      others: Object.fromEntries(
        Object.entries(methods).map(([name, scoring]) => [name, listed(scoring)]),
      ),
      catalogue: catalogue.length,
      seed,
    },
    {
      floor: 0.099,
      aim: 0.115,
      note: 'Every rating is a signal, 4 or better is wanted; films that fewer than 3 rated are not listed, but count where wanted. Coverage is of those listed.',
    },
  )
}
