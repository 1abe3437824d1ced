import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomFrom } from '@shop/kit/learn/random'
import { withExploration } from './exploration.ts'

const list = [0, 1, 2, 3]
const candidates = [0, 1, 2, 3, 4, 5, 6]

test('only the last slots, in only that share of lists, are given to chance', () => {
  const random = randomFrom(5)
  const seen = () => ({ shown: 0, taken: 0 })

  const answers = Array.from({ length: 2000 }, () =>
    withExploration(list, candidates, { share: 0.1, slots: 1, seen, random }),
  )

  const exploring = answers.filter((answer) => answer.some(({ explored }) => explored)).length
  assert.ok(exploring > 150 && exploring < 250, `${exploring}`)
  for (const answer of answers) {
    assert.deepEqual(
      answer.slice(0, 3).map(({ place }) => place),
      [0, 1, 2],
    )
    assert.ok(answer.every(({ propensity }) => propensity > 0 && propensity <= 1))
  }
})

test('what shoppers take up wins the slots in the end', () => {
  const random = randomFrom(6)
  const taste = new Map([
    [4, 0.05],
    [5, 0.3],
    [6, 0.1],
  ])
  const counts = new Map(candidates.map((place) => [place, { shown: 0, taken: 0 }]))
  const seen = (place: number) => counts.get(place) ?? { shown: 0, taken: 0 }
  const winners: number[] = []

  for (let round = 0; round < 1500; round += 1) {
    const place = withExploration(list, [4, 5, 6], { share: 1, slots: 1, seen, random }).at(-1)
      ?.place as number
    const { shown, taken } = seen(place)
    const took = random.next() < (taste.get(place) ?? 0)
    counts.set(place, { shown: shown + 1, taken: taken + Number(took) })
    winners.push(place)
  }

  const late = winners.slice(-300)
  assert.ok(late.filter((place) => place === 5).length > 240)
})
