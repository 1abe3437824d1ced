import assert from 'node:assert/strict'
import { test } from 'node:test'
import { trainedTrees } from './boosting.ts'
import { isolationForest } from './isolation-forest.ts'
import { matrixOf } from './matrix.ts'
import { squared } from './objectives.ts'
import { forestFromJson, treesFromJson, treesToJson } from './tree-file.ts'

test('trees are read back as they were written, infinite thresholds and all', () => {
  const rows = Array.from({ length: 60 }, (_, i) => [i % 7, i < 20 ? Number.NaN : i])
  const features = matrixOf(rows)
  const targets = rows.map(([a = 0, b = 0]) => (Number.isNaN(b) ? 9 : a))

  const trees = trainedTrees(squared, { features, targets }, { rounds: 5, minLeafRows: 2 })
  const forest = isolationForest(features, { trees: 5 })

  assert.deepEqual(treesFromJson(treesToJson(trees)), trees)
  assert.deepEqual(forestFromJson(treesToJson(forest)), forest)
})
