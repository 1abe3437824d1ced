import { classChances, logisticRegression } from '@shop/kit/learn/logistic-regression'
import { type Matrix, matrixOf, pickedRows } from '@shop/kit/learn/matrix'
import { randomFrom } from '@shop/kit/learn/random'
import { sparseFrom } from '@shop/kit/learn/sparse'
import { stratifiedFolds } from '@shop/kit/learn/splits'
import type { Trial } from './trials.ts'

/** Logistic regression on the same columns, scaled, missing values at the mean. */
export function lineBaseline({ lesson, rows, learning }: Trial): { scores: Float64Array } {
  if (rows.rows > 0) return { scores: lineScores(lesson, rows) }
  const scores = new Float64Array(lesson.targets.length)
  for (const fold of stratifiedFolds(lesson.targets, 5, randomFrom(learning.seed))) {
    const targets = fold.train.map((row) => lesson.targets[row] as number)
    const own = { rows: pickedRows(lesson.rows, fold.train), targets }
    const found = lineScores(own, pickedRows(lesson.rows, fold.score))
    for (const [i, row] of fold.score.entries()) scores[row] = found[i] as number
  }
  return { scores }
}

export function lineScores(
  train: { readonly rows: Matrix; readonly targets: ArrayLike<number> },
  rows: Matrix,
): Float64Array {
  const scale = scaleOf(train.rows)
  const features = sparseFrom(scaled(train.rows, scale))
  const model = logisticRegression({ features, targets: train.targets, classes: 2 }, { rounds: 60 })
  return classChances(model, sparseFrom(scaled(rows, scale))).filter((_, i) => i % 2 === 1)
}

interface Scale {
  readonly means: readonly number[]
  readonly widths: readonly number[]
}

function scaleOf({ rows, columns, values }: Matrix): Scale {
  const all = Array.from({ length: columns }, (_, column) => {
    const known: number[] = []
    for (let row = 0; row < rows; row += 1) {
      const value = values[row * columns + column] as number
      if (Number.isFinite(value)) known.push(value)
    }
    const mean = known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length)
    const squares = known.reduce((sum, value) => sum + (value - mean) ** 2, 0)
    return { mean, width: Math.sqrt(squares / Math.max(1, known.length)) || 1 }
  })
  return { means: all.map(({ mean }) => mean), widths: all.map(({ width }) => width) }
}

const scaled = ({ rows, columns, values }: Matrix, { means, widths }: Scale): Matrix =>
  matrixOf(
    Array.from({ length: rows }, (_, row) =>
      means.map((mean, column) => {
        const value = values[row * columns + column] as number
        const away = (value - mean) / (widths[column] as number)
        return Number.isFinite(away) ? Math.max(-10, Math.min(10, away)) : 0
      }),
    ),
    columns,
  )
