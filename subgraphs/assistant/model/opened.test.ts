import assert from 'node:assert/strict'
import { appendFileSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { type NewModel, writeModel } from '@shop/kit/learn/model-folder'
import { BadModel } from '@shop/kit/learn/refusals'
import { encoderFolder, openEncoder } from './encoder.ts'
import { madeAssistant, madeEvidence } from './made-world.ts'
import { intentContents, rankerContents } from './model-file.ts'
import { openedAssistant } from './opened.ts'
import { replyTo } from './reply.ts'

const question = { text: 'how heavy is the kettle?' }

async function written() {
  const folder = mkdtempSync(path.join(tmpdir(), 'assistant-'))
  const made = await madeAssistant()
  const { intents, ranking } = made
  if (!intents || !ranking) throw new Error('The made world has all its models.')
  const write = (name: string, contents: NewModel['contents']) =>
    writeModel(path.join(folder, name), {
      ...{ name, seed: 1, commit: 'none', dataHash: 'none', schema: [], metrics: [], card: '' },
      contents,
    })
  write('intents', intentContents(intents))
  write('evidence', rankerContents(ranking.ranker, ranking.weights))
  return { folder, made }
}

const opening = { encoder: undefined, evidence: madeEvidence(), deadlineMs: 3_000 }

test('an assistant answers from its folders as it did before it was written', async () => {
  const { folder, made } = await written()

  const { value, degraded } = await replyTo(openedAssistant({ ...opening, folder }), question)

  assert.deepEqual(value, (await replyTo(made, question)).value)
  assert.equal(degraded, false)
})

test('a file that is not as its manifest says is refused', async () => {
  const { folder } = await written()
  appendFileSync(path.join(folder, 'intents/weights.f32'), 'x')

  assert.throws(() => openedAssistant({ ...opening, folder }), BadModel)
})

test('without a built encoder there is none, and that is no fault', async () => {
  assert.equal(await openEncoder(encoderFolder('/nowhere')), undefined)
})
