import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { writeModel } from '@shop/kit/learn/model-folder'
import { openSentenceEncoder, sentenceFiles } from './sentence-encoder.ts'
import { sentenceGraph } from './sentence-graph.ts'
import { sentencePieces } from './sentence-pieces.ts'
import { sentenceModel } from './sentence-weights.ts'

/** What the package's own TensorFlow program gives (`@energetic-ai/embeddings` 0.2.0). */
interface Original {
  text: string
  pieces: number[]
  vector: number[]
}
const fixture = new URL('fixtures/sentences-of-the-original.json', import.meta.url)
const originals = JSON.parse(readFileSync(fixture, 'utf8')) as Original[]

const model = sentenceModel()
const folder = path.join(mkdtempSync(path.join(tmpdir(), 'encoder-')), 'sentence')
writeModel(folder, {
  name: 'sentence',
  seed: 0,
  commit: 'none',
  dataHash: model.hash,
  schema: [],
  metrics: [],
  contents: {
    [sentenceFiles.graph]: sentenceGraph(model),
    [sentenceFiles.vocabulary]: JSON.stringify(model.vocabulary),
  },
  card: '',
})

test('the rewritten graph gives the vectors of the original, alone or among others', async () => {
  await using encoder = await openSentenceEncoder(folder)
  const texts = originals.map(({ text }) => text)

  const [alone, together] = [await encoder.encode(texts.slice(0, 1)), await encoder.encode(texts)]

  assert.deepEqual(
    texts.map(sentencePieces(model.vocabulary)),
    originals.map(({ pieces }) => pieces),
  )
  for (const [at, { vector }] of originals.entries()) {
    for (const [d, value] of vector.entries()) {
      assert.ok(Math.abs((together[at]?.[d] ?? Number.NaN) - value) < 1e-5)
    }
  }
  assert.deepEqual(alone[0], together[0])
})

test('a text without words has no vector, and a page is cut', async () => {
  await using encoder = await openSentenceEncoder(folder)

  const vectors = await encoder.encode(['', '  \n', 'x'.repeat(10_000_000), '\u0000\ud800'])

  assert.deepEqual(
    vectors.map((vector) => vector?.every(Number.isFinite) ?? null),
    [null, null, true, true],
  )
})

test('the graph is the same bytes each time, and a changed file is refused', async () => {
  assert.deepEqual(sentenceGraph(sentenceModel()), sentenceGraph(model))
  writeFileSync(path.join(folder, sentenceFiles.vocabulary), '[]')

  await assert.rejects(openSentenceEncoder(folder), { code: 'BAD_MODEL' })
})
