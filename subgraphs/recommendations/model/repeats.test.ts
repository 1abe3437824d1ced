import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayMs, type History } from './history.ts'
import { ownPurchases, repeatRule, repeatsOf, tooSoon } from './repeats.ts'

/** Everybody buys coffee (0) every thirty days, and a sofa (1) once. */
const histories: History[] = Array.from({ length: 100 }, () => [
  { place: 0, atMs: 0, weight: 1 },
  { place: 1, atMs: 0, weight: 1 },
  { place: 0, atMs: 30 * dayMs, weight: 1 },
])

test('what is bought again has its usual time, and what is not is bought once', () => {
  const repeats = repeatsOf(histories, 2)

  assert.deepEqual(repeats.gapDays, Float64Array.of(30, Number.NaN))
  assert.deepEqual([repeatRule(repeats, 0), repeatRule(repeats, 1)], ['AGAIN', 'ONCE'])
})

test('to have bought says more of what others come back for', () => {
  const { pull } = repeatsOf(histories, 2)

  const [coffee = 0, sofa = 1] = pull
  assert.ok(coffee > 1 && sofa < 1)
})

test('coffee is offered again when its time comes near, a sofa never', () => {
  const repeats = repeatsOf(histories, 2)
  const [history = []] = histories

  assert.deepEqual(tooSoon(repeats, history, 31 * dayMs), new Set([0, 1]))
  assert.deepEqual(tooSoon(repeats, history, 45 * dayMs), new Set([1]))
})

test('two orders within a day are two purchases, but no gap between visits', () => {
  const history = [0, 1000, 2 * dayMs].map((atMs) => ({ place: 0, atMs, weight: 1 }))

  assert.deepEqual(ownPurchases(history), new Map([[0, 3]]))
  assert.deepEqual(repeatsOf([history], 1).gapDays, Float64Array.of(2))
})
