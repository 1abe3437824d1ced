import assert from 'node:assert/strict'
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { type ModelFiles, modelSlot, type NewModel, readModel, writeModel } from './model-folder.ts'
import { BadModel } from './refusals.ts'

const made: NewModel = {
  name: 'mugs',
  seed: 1,
  commit: 'abc',
  dataHash: 'def',
  schema: [{ name: 'amount', kind: 'number' }],
  metrics: [],
  contents: { 'weights.json': '{"a":1}' },
  card: '# Mugs\n',
}

const place = () => path.join(mkdtempSync(path.join(tmpdir(), 'models-')), 'mugs')
const weights = (files: ModelFiles) => files.json<{ a: number }>('weights.json').a

test('what was written is read back, and the same model is the same bytes', () => {
  const [one, other] = [place(), place()]

  const manifest = writeModel(one, made)
  writeModel(other, made)
  writeModel(other, made)

  assert.deepEqual(readModel(one).manifest, manifest)
  assert.equal(weights(readModel(one)), 1)
  assert.deepEqual(readdirSync(path.dirname(other)), ['mugs'])
  for (const file of ['README.md', 'manifest.json', 'weights.json']) {
    assert.deepEqual(readFileSync(path.join(one, file)), readFileSync(path.join(other, file)))
  }
  assert.throws(() => readModel(one).bytes('graph.onnx'), BadModel)
})

test('a file that is not what the manifest says is refused, and the model before stays', async () => {
  const [good, bad] = [place(), place()]
  writeModel(good, made)
  writeModel(bad, { ...made, contents: { 'weights.json': '{"a":2}' } })
  appendFileSync(path.join(bad, 'weights.json'), ' ')
  const slot = modelSlot(weights)
  await slot.take(good)

  await assert.rejects(slot.take(bad), BadModel)
  await assert.rejects(slot.take(place()), BadModel)
  writeFileSync(path.join(bad, 'manifest.json'), '{"name":"mugs","files":{"../x":""}}')
  await assert.rejects(slot.take(bad), BadModel)
  writeFileSync(path.join(bad, 'manifest.json'), 'not JSON')
  await assert.rejects(slot.take(bad), BadModel)

  assert.equal(slot.current, 1)
})
