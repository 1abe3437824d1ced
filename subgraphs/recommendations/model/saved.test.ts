import assert from 'node:assert/strict'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { readModel, writeModel } from '@shop/kit/learn/model-folder'
import { learned } from './learned.ts'
import { recommended } from './recommend.ts'
import { contentsOf, learnedFrom } from './saved.ts'

const catalogue = ['tent', 'pegs', 'lamp'].map((id) => ({ id, text: `${id} for camping` }))
const interactions = ['ada', 'ben', 'eve'].flatMap((shopper, at) =>
  catalogue.slice(at % 2).map(({ id }) => ({ shopper, item: id, atMs: 1000 * at })),
)

test('what was written answers as what was learned, and the same rows write the same bytes', async () => {
  const folder = path.join(mkdtempSync(path.join(tmpdir(), 'recommendations-')), 'model')
  const model = await learned({ interactions, catalogue })
  const again = await learned({ interactions, catalogue })
  const rest = {
    name: 'recommendations',
    seed: 1,
    commit: '',
    dataHash: '',
    schema: [],
    metrics: [],
  }

  const manifest = writeModel(folder, { ...rest, contents: contentsOf(model, catalogue), card: '' })
  const read = learnedFrom(readModel(folder))

  const asked = { events: [{ item: 'tent', atMs: 0 }], nowMs: 3000, count: 2 }
  assert.deepEqual(recommended(read, asked), recommended(model, asked))
  const other = writeModel(folder, { ...rest, contents: contentsOf(again, catalogue), card: '' })
  assert.deepEqual(other, manifest)
})
