import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pickedRows } from '@shop/kit/learn/matrix'
import { BadRows } from '@shop/kit/learn/refusals'
import { type Assessor, assessment } from './assessor.ts'
import { orderFrom, signUpFrom } from './events.ts'
import { learned } from './learner.ts'
import { madeSignUps } from './made-sign-ups.ts'
import { usualPolicy } from './policy.ts'
import { type SignUp, signUpStory } from './sign-ups.ts'
import { type Ended, hadAllBeenAllowed, simulated } from './simulate.ts'
import { replayed } from './story.ts'

const now = new Date('2026-03-01T12:00:00Z')
const events = madeSignUps(3000, 1)

function assessorOf(trained = true): Assessor<SignUp> {
  const story = signUpStory()
  const rows = replayed(story, events)
  const train = events.map((_, row) => row)
  const targets = events.map(({ label }) => Number(label))
  const lesson = { names: story.names, rows: pickedRows(rows, train), targets }
  const name = { name: 'fraud-sign-ups', version: '1' }
  return {
    story,
    policy: usualPolicy,
    model: trained ? { name, trained: learned(lesson, { seed: 1, rounds: 30 }) } : undefined,
    usualChance: 0.06,
    caseOf: () => ({ facts: {}, amount: 5000 }),
    clock: { now: () => now },
  }
}

const at = 19_050.5

test('a stranger from nowhere is doubted, a household is not, and both are told why', async () => {
  const assessor = assessorOf()

  const stranger = { at, address: '203.0.113.9', email: 'person-7@mail.example' }
  const suspect = await assessment(assessor, stranger)
  const neighbour = await assessment(assessor, { ...stranger, address: '10.0.0.7', email: 'new' })

  assert.ok(suspect.value.chance > 0.3 && suspect.value.decision !== 'allow')
  assert.ok(neighbour.value.chance < 0.02 && neighbour.value.decision === 'allow')
  assert.equal(suspect.value.score, 100 * suspect.value.chance)
  assert.equal(suspect.reasons.length, 3)
  assert.deepEqual([suspect.degraded, suspect.model.version], [false, '1'])
})

test('without a model the rules hold, and it is said', async () => {
  const answer = await assessment(assessorOf(false), { at, address: '', email: '' })

  assert.deepEqual(answer, {
    value: { chance: 0.06, score: 6, decision: 'review', threeDSecure: false, rules: [] },
    confidence: 0,
    reasons: ['The model did not answer: rules and the usual share of fraud did.'],
    model: { name: 'rules', version: 'none' },
    degraded: true,
    computedAt: now,
  })
})

const broken = {
  'nothing but a time': { at },
  'fields of other kinds': { at, address: 7, email: null, amount: '3' },
  'no numbers': { at, amount: Number.NaN },
  'ten megabytes': { at, address: 'x'.repeat(10_000_000), email: 'x'.repeat(10_000_000) },
  'names of the language': { at, address: '__proto__', email: 'constructor', category: 'toString' },
}

for (const [name, raw] of Object.entries(broken)) {
  test(`${name}: still a chance, and no throw`, async () => {
    const { value, degraded } = await assessment(shared, signUpFrom(raw))

    assert.ok(value.chance >= 0 && value.chance <= 1 && !degraded)
    assert.ok(orderFrom(raw).amount !== Infinity)
  })
}

const shared = assessorOf()

for (const raw of [undefined, null, 7, [], 'x', {}, { at: 'now' }, { at: -1 }, { at: Infinity }]) {
  test(`${JSON.stringify(raw)} is refused by its code`, () => {
    assert.throws(() => orderFrom(raw), BadRows)
    assert.throws(() => signUpFrom(raw), { code: 'BAD_ROWS' })
  })
}

test('a policy on history: what it stops, what it refuses, and what that costs', () => {
  const past = (chance: number, amount: number, fraud: boolean): Ended => ({
    chance,
    amount,
    fraud,
    facts: { amount },
  })
  const history = [past(0.99, 10_000, true), past(0.1, 90_000, true), past(0.001, 2000, false)]

  const found = simulated(usualPolicy, history)

  assert.deepEqual(
    { ...found, cost: Math.round(found.cost) },
    {
      decisions: { allow: 1, review: 1, block: 1 },
      fraudsStopped: 2,
      fraudsMissed: 0,
      honestRefused: 0,
      // The review of 300, and a fifth of what it is expected to miss.
      cost: 300 + 0.2 * 91_500,
    },
  )
  assert.equal(hadAllBeenAllowed(usualPolicy, history), 11_500 + 91_500)
})
