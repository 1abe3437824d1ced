import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Asking, answered, type Said } from './answer.ts'
import { BadModel, BadRows } from './refusals.ts'

const said: Said<number> = { value: 7, confidence: 0.9, reasons: ['amount'] }
const now = new Date('2026-03-01T12:00:00Z')
const asking: Asking<number> = {
  model: { name: 'mugs', version: '1' },
  compute: () => said,
  fallback: () => ({ value: 1, confidence: 0.5, reasons: ['usual'] }),
  plausible: (value) => value >= 0,
  clock: { now: () => now },
  deadlineMs: 20,
}

const degraded = {
  value: 1,
  confidence: 0.5,
  reasons: ['usual'],
  model: asking.model,
  degraded: true,
  computedAt: now,
}

test('the model answers', async () => {
  const answer = await answered(asking)

  assert.deepEqual(answer, { ...said, model: asking.model, degraded: false, computedAt: now })
})

const troubles: Record<string, Asking<number>['compute']> = {
  dead: () => {
    throw new TypeError('undefined is not a function')
  },
  'not there': () => Promise.reject(new BadModel('There is no model.')),
  slow: () => new Promise((resolve) => setTimeout(resolve, 60, said)),
  'late to fail': () => new Promise((_, reject) => setTimeout(reject, 60, new Error('late'))),
  absurd: () => ({ ...said, value: -1 }),
  'surer than sure': () => ({ ...said, confidence: Number.NaN }),
}

for (const [trouble, compute] of Object.entries(troubles)) {
  test(`a model that is ${trouble} is replaced, and it is said`, async () => {
    assert.deepEqual(await answered({ ...asking, compute }), degraded)
  })
}

test('a refusal is not a fault: it goes on to whoever asked', () =>
  assert.rejects(
    answered({ ...asking, compute: () => Promise.reject(new BadRows('There are no rows.')) }),
    BadRows,
  ))
