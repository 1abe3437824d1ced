import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomFrom } from '@shop/kit/learn/random'
import { learnedEase } from './ease.ts'
import { rowOf, type Sparse, sparseOf } from './sparse.ts'

const size = 12

function tastes(): Sparse {
  const random = randomFrom(2)
  const rows = Array.from({ length: 60 }, () =>
    Array.from(
      { length: size },
      (_, place) => [place, random.next() < 0.3 ? 1 : 0] as const,
    ).filter(([, value]) => value > 0),
  )
  return sparseOf(rows, size)
}

test('each column is the ridge regression of its item on all others', async () => {
  const [rows, penalty] = [tastes(), 3]

  const weights = await learnedEase(rows, { penalty, keep: size })

  // At the optimum the gradient of every weight off the diagonal is 0.
  const dense = Array.from({ length: 60 }, (_, shopper) => filled(rows, shopper))
  const solution = Array.from({ length: size }, (_, item) => filled(weights, item))
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j < size; j += 1) {
      if (i === j) continue
      const gradient = dense.reduce(
        (sum, row) => {
          const said = row.reduce((all, value, k) => all + value * (solution[k]?.[j] ?? 0), 0)
          return sum + (row[i] ?? 0) * (said - (row[j] ?? 0))
        },
        penalty * (solution[i]?.[j] ?? 0),
      )
      assert.ok(Math.abs(gradient) < 1e-4, `${i} ${j} ${gradient}`)
    }
  }
})

test('no item speaks for itself, and only the strongest weights are kept', async () => {
  const weights = await learnedEase(tastes(), { penalty: 3, keep: 4 })

  for (let item = 0; item < size; item += 1) {
    const { places } = rowOf(weights, item)
    assert.equal(places.length, 4)
    assert.ok(!places.includes(item))
  }
})

function filled(matrix: Sparse, row: number): Float64Array {
  const { places, values } = rowOf(matrix, row)
  const line = new Float64Array(matrix.columns)
  for (const [at, place] of places.entries()) line[place] = values[at] as number
  return line
}
