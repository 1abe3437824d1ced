import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomFrom } from '@shop/kit/learn/random'
import { placeIn, type Strips, stripsOf, sweep } from './inverse.ts'
import { openLessProduct } from './multiply.ts'

const entry = (matrix: Strips, i: number, j: number) => {
  const [values, at] = placeIn(matrix, Math.max(i, j), Math.min(i, j))
  return values[at] as number
}

/** x·xᵀ + 5 on the diagonal, of numbers of chance. */
function positiveDefinite(size: number, width: number): Strips {
  const random = randomFrom(11)
  const x = Array.from({ length: size }, () => Array.from({ length: 30 }, random.normal))
  const matrix = stripsOf(size, width)
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      const [values, at] = placeIn(matrix, i, j)
      const product = x[i]?.reduce((sum, value, k) => sum + value * (x[j]?.[k] ?? 0), 0) ?? 0
      values[at] = product + (i === j ? 5 : 0)
    }
  }
  return matrix
}

for (const width of [8, 16, 64]) {
  test(`a matrix times its inverse by strips of ${width} is the identity`, async () => {
    const size = 50
    const [matrix, inverse] = [positiveDefinite(size, width), positiveDefinite(size, width)]

    await sweep(inverse, await openLessProduct())

    let furthest = 0
    for (let i = 0; i < size; i += 1) {
      for (let j = 0; j < size; j += 1) {
        let sum = 0
        for (let k = 0; k < size; k += 1) sum -= entry(matrix, i, k) * entry(inverse, k, j)
        furthest = Math.max(furthest, Math.abs(sum - Number(i === j)))
      }
    }
    assert.ok(furthest < 1e-4, `${furthest}`)
  })
}

test('a matrix that is not positive definite is refused', async () => {
  const matrix = stripsOf(4, 4)

  await assert.rejects(sweep(matrix, await openLessProduct()), RangeError)
})
