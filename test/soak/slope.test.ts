import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomFrom } from '@shop/kit/learn/random'
import { slopeOf } from './slope.ts'

test('a leak is seen through what comes and goes, and what only comes and goes is none', () => {
  const { normal } = randomFrom(3)
  const points = Array.from({ length: 200 }, (_, at) => ({ minute: at / 10, noise: 20 * normal() }))
  const growing = (perMinute: number) =>
    slopeOf(
      points.map(({ minute, noise }) => ({ minute, value: 100 + perMinute * minute + noise })),
    )

  const [leak, none] = [growing(2), growing(0)]

  assert.ok(leak.least > 10 && leak.least < 20 && leak.most > 20, JSON.stringify(leak))
  assert.ok(none.least < 0 && none.most > 0, JSON.stringify(none))
})

test('what grows evenly has the slope it has', () => {
  const points = [1, 2, 3, 4].map((minute) => ({ minute, value: 5 + 3 * minute }))

  assert.deepEqual(slopeOf(points), { perTenMinutes: 30, least: 30, most: 30 })
})
