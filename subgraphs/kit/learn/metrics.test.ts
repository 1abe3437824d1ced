import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import {
  accuracy,
  averagePrecision,
  brier,
  calibrationError,
  logLoss,
  macroF1,
  type Named,
  rocAuc,
  type Scored,
} from './class-metrics.ts'
import { mae, r2, rmse, smape, type Told, wape } from './error-metrics.ts'
import {
  averagePrecisionOf,
  ndcgAt,
  precisionAt,
  recallAt,
  reciprocalRank,
} from './rank-metrics.ts'

interface Fixture {
  binary: Scored & Record<string, number>
  numbers: Told & Record<string, number>
  classes: Named & Record<string, number>
  lists: { shown: number[][]; ndcgAt5: number[]; averagePrecision: (number | null)[] }
}

const file = new URL('fixtures/metrics.json', import.meta.url)
const made = JSON.parse(readFileSync(file, 'utf8')) as Fixture

function same(own: number, theirs: number | undefined) {
  assert.ok(Math.abs(own - (theirs ?? Number.NaN)) < 1e-9, `${own} beside ${theirs}`)
}

for (const metric of [rocAuc, averagePrecision, logLoss, brier, calibrationError]) {
  test(`scores and their ties are judged as scikit-learn does: ${metric.name}`, () =>
    same(metric(made.binary), made.binary[metric.name]))
}

for (const metric of [rmse, mae, r2, wape, smape]) {
  test(`numbers are judged as scikit-learn does: ${metric.name}`, () =>
    same(metric(made.numbers), made.numbers[metric.name]))
}

for (const metric of [accuracy, macroF1]) {
  test(`classes are judged as scikit-learn does: ${metric.name}`, () =>
    same(metric(made.classes), made.classes[metric.name]))
}

test('lists are judged as scikit-learn does', () => {
  const { shown, ndcgAt5, averagePrecision: theirs } = made.lists
  for (const [i, gains] of shown.entries()) {
    const places = gains.map((_, place) => place)
    const wanted = new Set(places.filter((place) => (gains[place] as number) > 1))

    same(ndcgAt(5, gains), ndcgAt5[i])
    if (wanted.size > 0) same(averagePrecisionOf(places, wanted), theirs[i] ?? undefined)
  }
})

test('a short list is judged by what it shows', () => {
  const wanted = new Set(['mug', 'cup'])

  assert.equal(recallAt(10, ['pan', 'mug'], wanted), 0.5)
  assert.equal(precisionAt(10, ['pan', 'mug'], wanted), 0.1)
  assert.equal(reciprocalRank(['pan', 'mug'], wanted), 0.5)
  assert.equal(reciprocalRank(['pan'], wanted), 0)
  assert.equal(ndcgAt(2, [0], [1]), 0)
})
