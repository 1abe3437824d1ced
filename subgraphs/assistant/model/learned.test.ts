import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomFrom } from '@shop/kit/learn/random'
import { BadRows } from '@shop/kit/learn/refusals'
import { type JudgedRows, learnedRanker, rankedScores } from './evidence-ranker.ts'
import { heardBy, learnedIntents, type Utterance } from './intents.ts'
import { madeQuestions, madeUtterances } from './made-world.ts'
import { intentContents, intentsFrom, rankerContents } from './model-file.ts'
import { judgedRows, weightsFor } from './trials.ts'

const questions = madeQuestions()
const weights = weightsFor(questions)
const rows = await judgedRows(questions, { weights, encoder: undefined })

/** Two kinds of sentences, many of each, of which half are learned from. */
const sentences = (): { text: string; intent: string }[] =>
  Array.from({ length: 300 }, (_, i) => ({
    text: `${i % 2 ? 'where is my parcel' : 'cancel the order'} number ${i} please ${i % 7}`,
    intent: i % 2 ? 'track' : 'cancel',
  }))

const share = (model: ReturnType<typeof learnedIntents>, all: readonly Utterance[]) =>
  all.filter(({ text, intent }) => heardBy(model, { text }).intent === intent).length / all.length

test('the same seed gives the same bytes', () => {
  const bytes = () => intentContents(learnedIntents(madeUtterances(), { seed: 7 }))
  const ranker = () => rankerContents(learnedRanker(rows, 7), weights)

  assert.deepEqual(bytes(), bytes())
  assert.deepEqual(ranker(), ranker())
})

test('a model is read from its files as it was written', () => {
  const model = learnedIntents(madeUtterances(), { seed: 7 })
  const files = intentContents(model)

  const read = intentsFrom({
    bytes: (name) => files[name] as Uint8Array,
    json: (name) => JSON.parse(files[name] as string),
  })

  for (const { text } of madeUtterances()) {
    assert.deepEqual(heardBy(read, { text }), heardBy(model, { text }))
  }
})

test('intents of shuffled labels are told as well as by chance', () => {
  const all = sentences()
  const labels = randomFrom(3).shuffled(all.map(({ intent }) => intent))
  const mixed = all.map(({ text }, i) => ({ text, intent: labels[i] as string }))

  const honest = share(learnedIntents(all.slice(0, 150)), all.slice(150))
  const chance = share(learnedIntents(mixed.slice(0, 150)), mixed.slice(150))

  assert.equal(honest, 1)
  assert.ok(Math.abs(chance - 0.5) < 0.13, `${chance}`)
})

test('evidence of shuffled labels is found as well as by chance', () => {
  const random = randomFrom(5)
  const mixed = rows.map(({ rows: own, answers }) => ({
    rows: own,
    answers: random.shuffled(answers),
  }))
  const found = (judged: readonly JudgedRows[]) => {
    const model = learnedRanker(judged.slice(0, 24))
    const hits = judged.slice(24).map(({ rows: own, answers }) => {
      const scores = rankedScores(model, own)
      return Number((answers[scores.indexOf(Math.max(...scores))] as number) > 0)
    })
    return hits.reduce((sum, hit) => sum + hit, 0) / hits.length
  }

  assert.ok(found(rows) > 0.9)
  assert.ok(found(mixed) < 0.5, `${found(mixed)}`)
})

test('nothing is learned from nothing', () => {
  assert.throws(() => learnedIntents([]), BadRows)
  assert.throws(() => learnedIntents([{ text: 'a', intent: 'one' }]), BadRows)
  assert.throws(() => learnedRanker([]), BadRows)
})
