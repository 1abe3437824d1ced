import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { brier, rocAuc } from '@shop/kit/learn/class-metrics'
import { matrixOf, pickedRows } from '@shop/kit/learn/matrix'
import { readModel, writeModel } from '@shop/kit/learn/model-folder'
import { sigmoid } from '@shop/kit/learn/objectives'
import { randomFrom } from '@shop/kit/learn/random'
import { BadRows } from '@shop/kit/learn/refusals'
import { answersFrom, sessionOf } from '@shop/kit/learn/session'
import { simulatedPayments } from './generator.ts'
import { learned, scored, withAnomaly } from './learner.ts'
import { madeSignUps } from './made-sign-ups.ts'
import { contentsOf, modelFrom, schemaOf } from './model-file.ts'
import { PaymentStory, paymentColumns } from './payments.ts'
import { reasonsFor } from './reasons.ts'
import { signUpStory } from './sign-ups.ts'
import { replayed } from './story.ts'

const events = madeSignUps(4000, 1)
const story = signUpStory()
const rows = replayed(story, events)
const places = events.map((_, row) => row)
const train = places.filter((row) => events[row]?.training)
const scoredRows = places.filter((row) => !events[row]?.training)
const label = (row: number) => Number(events[row]?.label)
const lesson = { names: story.names, rows: pickedRows(rows, train), targets: train.map(label) }
const fresh = pickedRows(rows, scoredRows)
const settings = { seed: 1, rounds: 40 }

const auc = (model: ReturnType<typeof learned>) =>
  rocAuc({ scores: scored(model, fresh).scores, truths: scoredRows.map(label) })

test('planted frauds are found', () => assert.ok(auc(learned(lesson, settings)) > 0.95))

test('shuffled labels teach nothing: payments score as chance, whose labels are features too', () => {
  const world = { customers: 120, terminals: 150, days: 50, radius: 20 }
  const payments = simulatedPayments({ ...world, seed: 3 })
  const order = randomFrom(4).shuffled(payments)
  const found = replayed(
    new PaymentStory(),
    payments.map((event, i) => ({
      event,
      label: order[i]?.scenario ? (1 as const) : (0 as const),
      training: event.at < 43,
    })),
  )
  const days = (from: number, to: number) =>
    payments.flatMap(({ at }, row) => (at >= from && at < to ? [row] : []))
  const rowsOf = (from: number, to: number) => pickedRows(found, days(from, to))
  const targets = days(20, 43).map((row) => Number((order[row]?.scenario ?? 0) > 0))
  const truths = days(43, 50).map((row) => Number((payments[row]?.scenario ?? 0) > 0))

  const model = learned({ names: paymentColumns, rows: rowsOf(20, 43), targets }, settings)

  const score = rocAuc({ scores: scored(model, rowsOf(43, 50)).scores, truths })
  assert.ok(Math.abs(score - 0.5) < 0.06, `${score}`)
})

test('shuffled labels teach nothing: sign-ups get the usual chance, and no better', () => {
  const labels = randomFrom(6).shuffled(events.map(({ label: each }) => each))
  const other = replayed(
    signUpStory(),
    events.map((each, i) => ({ ...each, label: labels[i] })),
  )
  const targets = train.map((row) => Number(labels[row]))
  const truths = scoredRows.map(label)

  const model = learned({ ...lesson, rows: pickedRows(other, train), targets }, settings)

  const usual = targets.reduce((sum, each) => sum + each, 0) / targets.length
  const { chances } = scored(model, pickedRows(other, scoredRows))
  const ours = brier({ scores: chances, truths })
  const base = brier({ scores: truths.map(() => usual), truths })
  assert.ok(Math.abs(ours / base - 1) < 0.02, `${ours} beside ${base}`)
})

test('one seed is one folder to the byte, and what is read back answers the same', () => {
  const write = () => {
    const model = learned(lesson, settings)
    const folder = path.join(mkdtempSync(path.join(tmpdir(), 'fraud-')), 'model')
    const rest = { name: 'fraud', seed: 1, commit: 'none', dataHash: 'none', metrics: [], card: '' }
    writeModel(folder, { ...rest, schema: schemaOf(model), contents: contentsOf(model) })
    return { folder, model }
  }

  const [one, other] = [write(), write()]

  for (const file of readdirSync(one.folder)) {
    const read = (folder: string) => readFileSync(path.join(folder, file))
    assert.deepEqual(read(one.folder), read(other.folder), file)
  }
  const back = modelFrom(readModel(one.folder))
  assert.deepEqual(scored(back, fresh), scored(one.model, fresh))
})

test('the graphs give what the trees and the forest give', async () => {
  const model = learned(lesson, settings)
  const contents = contentsOf(model)
  const graph = async (name: string) => sessionOf(contents[name] as Uint8Array)
  const whole = withAnomaly(model.forest, fresh)

  const trees = await answersFrom(await graph('trees.onnx'), whole)
  const forest = await answersFrom(await graph('forest.onnx'), fresh)

  for (const [row, score] of scored(model, fresh).scores.entries()) {
    const odd = whole.values[row * whole.columns + whole.columns - 1] as number
    assert.ok(Math.abs(sigmoid(score) - (trees[row] as number)) < 1e-5)
    assert.ok(Math.abs(odd - (forest[row] as number)) < 1e-5)
  }
})

test('reasons name what moved the score, the most first', () => {
  const model = learned(lesson, settings)
  const suspect = scoredRows.findIndex((row) => label(row) === 1)

  const reasons = reasonsFor(model, [...pickedRows(fresh, [suspect]).values])

  assert.equal(reasons.length, 3)
  assert.ok(Math.abs(reasons[0]?.moved ?? 0) >= Math.abs(reasons[2]?.moved ?? 9))
  assert.match(reasons[0]?.column ?? '', /address|email|both|unlike/)
})

test('rows of one class, and none, are refused; NaN and the never seen get a chance', () => {
  const model = learned(lesson, settings)
  const odd = matrixOf([story.names.map(() => Number.NaN), story.names.map(() => 1e30)])

  for (const chance of scored(model, odd).chances) assert.ok(chance >= 0 && chance <= 1)
  const none = { ...lesson, targets: lesson.targets.map(() => 0) }
  assert.throws(() => learned(none, settings), BadRows)
  const empty = { ...lesson, rows: matrixOf([], story.names.length), targets: [] }
  assert.throws(() => learned(empty, settings), BadRows)
  assert.throws(() => scored(model, matrixOf([[1]])), BadRows)
})
