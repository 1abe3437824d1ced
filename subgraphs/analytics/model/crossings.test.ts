import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crossingNames, crossingsOf } from './crossings.ts'

const visit = {
  ...{ administrative: 0, administrativeSeconds: 0, informational: 0, informationalSeconds: 0 },
  ...{ product: 0, productSeconds: 0, bounceRate: 0, exitRate: 0 },
  ...{ pageValue: 0, specialDay: 0, month: 11 },
}

test('a visit of nothing has numbers only, and a name for each', () => {
  const crossings = crossingsOf(visit)

  assert.deepEqual(Object.keys(crossings), crossingNames)
  assert.ok(Object.values(crossings).every(Number.isFinite))
})

test('a page value of November is told from that of another month', () => {
  const of = (month: number) => crossingsOf({ ...visit, month, pageValue: 20 }).novemberValue

  assert.deepEqual([of(10), of(11)], [-1, 20])
})
