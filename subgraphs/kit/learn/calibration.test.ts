import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { isotonic, isotonicChance, platt, plattChance, temperature } from './calibration.ts'
import { conformalRadius, conformalWidening, covered } from './conformal.ts'
import { randomFrom } from './random.ts'
import { BadRows } from './refusals.ts'

const file = new URL('fixtures/calibration.json', import.meta.url)
const made = JSON.parse(readFileSync(file, 'utf8')) as {
  scores: number[]
  truths: number[]
  at: number[]
  isotonic: number[]
  platt: number[]
  logits: number[][]
  targets: number[]
  temperature: number
}

function near(own: readonly number[], theirs: readonly number[]) {
  const gaps = theirs.map((each, i) => Math.abs(each - (own[i] as number)))
  assert.ok(Math.max(...gaps) < 1e-6, `${Math.max(...gaps)}`)
}

test('isotonic chances are those of scikit-learn, ties and ends and all', () => {
  const curve = isotonic(made)

  near(
    made.at.map((score) => isotonicChance(curve, score)),
    made.isotonic,
  )
})

test('a weight of two is the row twice', () => {
  const twice = { scores: [1, 2, 2, 3, 3], truths: [1, 0, 0, 1, 1] }

  const weighed = isotonic({ scores: [1, 2, 3], truths: [1, 0, 1], weights: [1, 2, 2] })

  assert.deepEqual(weighed, isotonic(twice))
})

test('Platt chances are at the minimum of his loss', () => {
  const curve = platt(made)

  near(
    made.at.map((score) => plattChance(curve, score)),
    made.platt,
  )
})

test('the temperature is that of least loss', () => {
  const scores = Float64Array.from(made.logits.flat())

  near([temperature({ scores, targets: made.targets, classes: 3 })], [made.temperature])
})

test('one row calibrates to itself, and none is refused', () => {
  assert.equal(isotonicChance(isotonic({ scores: [0.4], truths: [1] }), 9), 1)
  assert.ok(plattChance(platt({ scores: [0.4], truths: [1] }), 0.4) <= 1)
  assert.throws(() => isotonic({ scores: [], truths: [] }), BadRows)
  assert.throws(() => platt({ scores: [], truths: [] }), BadRows)
})

test('a conformal radius covers new errors as often as promised', () => {
  const random = randomFrom(4)
  const shares = Array.from({ length: 200 }, () => {
    const radius = conformalRadius(Array.from({ length: 99 }, random.normal), 0.9)
    const fresh = Array.from({ length: 200 }, random.normal)
    return covered(
      fresh.map(() => [-radius, radius] as const),
      fresh,
    )
  })

  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length
  assert.ok(Math.abs(mean - 0.9) < 0.01, `${mean}`)
  assert.equal(conformalRadius([1, 2, 3], 0.9), Infinity)
})

test('quantiles that are too narrow are widened, too wide narrowed', () => {
  const truths = [1, 2, 3, 4, 5, 6, 7, 8, 9]
  const quantiles = (by: number) => ({
    low: truths.map((truth) => truth - by),
    high: truths.map((truth, i) => truth + by - i),
  })

  assert.equal(conformalWidening(quantiles(1), truths, 0.5), 3)
  assert.equal(conformalWidening(quantiles(9), truths, 0.5), -5)
})
