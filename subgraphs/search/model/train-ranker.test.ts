import assert from 'node:assert/strict'
import { test } from 'node:test'
import { scoresOf } from '@shop/kit/learn/boosting'
import { matrixOf } from '@shop/kit/learn/matrix'
import { type Random, randomFrom } from '@shop/kit/learn/random'
import { treesToJson } from '@shop/kit/learn/tree-file'
import { featureNames } from './features.ts'
import { ndcgAt10 } from './ndcg.ts'
import { type Example, trainedRanker } from './train-ranker.ts'

/** Queries whose grades hang on two of the features, as in a shop, and on nothing else. */
function examples(queries: number, random: Random): Example[] {
  const [share, cosine] = [featureNames.indexOf('wordShare'), featureNames.indexOf('cosine')]
  return Array.from({ length: queries }, () => {
    const rows = Array.from({ length: 40 }, () =>
      Float32Array.from(featureNames, () => random.next()),
    )
    const worth = (row: Float32Array) => (row[share] as number) + (row[cosine] as number)
    return { rows, grades: rows.map((row) => (worth(row) > 1.5 ? 3 : worth(row) > 1.2 ? 1 : 0)) }
  })
}

function scoreOf(trained: readonly Example[], held: readonly Example[]): number {
  const model = trainedRanker(trained, 1)
  const each = held.map(({ rows, grades }) => {
    const scores = scoresOf(model, matrixOf(rows))
    const order = grades
      .map((_, at) => String(at))
      .sort((a, b) => (scores[+b] ?? 0) - (scores[+a] ?? 0))
    return ndcgAt10(order, new Map(grades.map((grade, at) => [String(at), grade])))
  })
  return each.reduce((sum, value) => sum + value, 0) / each.length
}

test('what grades hang on is learned, and shuffled grades teach nothing', () => {
  const random = randomFrom(11)
  const [train, held] = [examples(30, random), examples(60, random)]
  const shuffled = train.map(({ rows, grades }) => ({ rows, grades: random.shuffled(grades) }))
  const chance = held.map(({ grades }) => {
    const order = random.shuffled(grades.map((_, at) => String(at)))
    return ndcgAt10(order, new Map(grades.map((grade, at) => [String(at), grade])))
  })

  const mean = chance.reduce((sum, value) => sum + value, 0) / chance.length
  assert.ok(scoreOf(train, held) > 0.85)
  assert.ok(Math.abs(scoreOf(shuffled, held) - mean) < 0.1)
})

test('one seed gives the same bytes, and nothing to learn from is refused', () => {
  const train = examples(5, randomFrom(12))

  assert.equal(treesToJson(trainedRanker(train, 7)), treesToJson(trainedRanker(train, 7)))
  assert.notEqual(treesToJson(trainedRanker(train, 7)), treesToJson(trainedRanker(train, 8)))
  assert.throws(() => trainedRanker([], 1), { code: 'BAD_ROWS' })
})
