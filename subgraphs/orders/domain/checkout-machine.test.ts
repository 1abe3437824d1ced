import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  begun,
  type Checkout,
  flagged,
  type Happening,
  moved,
  rules,
  type Step,
  steps,
} from './checkout-machine.ts'

const refusal = { kind: 'OutOfStock', variantIds: [] } as const

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Happening>({ kind: 'done' }) },
  fc.constant<Happening>({ kind: 'done', review: 'PENDING' }),
  fc.constant<Happening>({ kind: 'done', review: 'UNJUDGED' }),
  fc
    .constantFrom('PENDING', 'RELEASED', 'REJECTED')
    .map((review): Happening => ({ kind: 'judged', review }) as const),
  fc.constant<Happening>({ kind: 'refused', refusal }),
  fc.constant<Happening>({ kind: 'barred', reason: 'UNAVAILABLE' }),
  fc.constant<Happening>({ kind: 'waits' }),
  fc.constant<Happening>({ kind: 'unknown' }),
  fc.constant<Happening>({ kind: 'expired' }),
  fc.constant<Happening>({ kind: 'answered' }),
  fc.constant<Happening>({ kind: 'looked' }),
  fc.constantFrom(...steps).map((step): Happening => ({ kind: 'undone', step })),
)

const flags = fc.constantFrom<Partial<Checkout>>(
  {},
  {},
  {},
  { cancel: 'BY_SHOPPER' },
  { cancel: 'BY_STAFF' },
  { review: 'RELEASED' },
  { review: 'REJECTED' },
)

/** A cancel is set once; staff decide on what is there to be decided. */
function set(checkout: Checkout, flag: Partial<Checkout>): Checkout {
  if (flag.cancel && (checkout.cancel || checkout.state === 'UNDONE')) return checkout
  const isOpen = checkout.review === 'PENDING' || checkout.review === 'UNJUDGED'
  if (flag.review && !isOpen) return checkout
  return { ...checkout, ...flag }
}

const rank = (step: Step) => steps.indexOf(step)

/** What must be so of every move, whatever happened. */
function mustBeLegal(was: Checkout, now: Checkout): void {
  assert.ok(rank(now.step) >= rank(was.step), 'no step is taken back')
  assert.ok(rank(now.step) - rank(was.step) <= 1, 'no step is passed over')
  if (was.state === 'UNDONE') assert.deepEqual(now, was, 'what is undone stays so')
  if (was.state === 'UNDOING') {
    assert.ok(['UNDOING', 'UNDONE'].includes(now.state), 'who turned round does not turn again')
    assert.ok(
      now.toUndo.every((step) => was.toUndo.includes(step)),
      'nothing is undone twice',
    )
  }
  if (now.state === 'UNDONE') assert.deepEqual(now.toUndo, [], 'nothing is left undone')
  if (now.state === 'UNDOING') assert.ok(now.reason, 'there is a reason')
  if (was.state === 'WALKING' && was.step !== 'capture' && was.cancel) {
    assert.notEqual(now.step === 'capture' && now.state === 'WALKING', true, 'a cancel is obeyed')
  }
  if (now.state === 'DONE') {
    assert.equal(now.step, 'confirm')
    const isLooked = now.review === null || now.review === 'RELEASED'
    assert.ok(isLooked, 'nothing is captured that is to be looked at')
  }
}

test('of 100,000 random walks none makes an illegal move', () => {
  const walk = fc.array(fc.tuple(happening, flags), { maxLength: 25 })
  fc.assert(
    fc.property(walk, (all) => {
      let at = begun
      for (const [what, flag] of all) {
        const known = set(at, flag)
        const next = moved(known, what)
        mustBeLegal(known, next)
        at = next
      }
    }),
    { numRuns: 100_000 },
  )
})

test('a walk that is turned round undoes all that has an undoing, the last first', () => {
  for (const step of steps.slice(0, 6)) {
    const at = { ...begun, step, cancel: 'BY_SHOPPER' } as const

    const turned = moved(at, { kind: 'barred', reason: 'BY_SHOPPER' })

    const until = steps.slice(0, rank(step) + 1).filter((each) => rules[each].isUndone)
    assert.deepEqual(turned.toUndo, until.toReversed())
  }
})

test('a step that was refused did nothing: only those before it are undone', () => {
  const refused = moved({ ...begun, step: 'price' }, { kind: 'refused', refusal })

  assert.deepEqual(refused.toUndo, ['hold'])
  assert.equal(refused.reason, 'OUT_OF_STOCK')
})

test('a cancel while the money is being taken is not obeyed before, and has it given back after', () => {
  const taking: Checkout = { ...begun, step: 'capture', cancel: 'BY_SHOPPER' }

  const looked = flagged(taking)
  const taken = moved(taking, { kind: 'done' })

  assert.equal(looked, taking)
  assert.equal(taken.state, 'UNDOING')
  assert.deepEqual(taken.toUndo, ['commit', 'authorize', 'price', 'hold'])
})

test('of a payment in doubt nothing is decided; without stock or price all is undone', () => {
  const after = (step: Step) => moved({ ...begun, step }, { kind: 'unknown' })

  assert.deepEqual(
    steps.map((step) => [step, after(step).state, after(step).step]),
    [
      ['hold', 'UNDOING', 'hold'],
      ['price', 'UNDOING', 'price'],
      ['risk', 'WALKING', 'authorize'],
      ['authorize', 'WALKING', 'authorize'],
      ['commit', 'UNDOING', 'commit'],
      ['capture', 'WALKING', 'capture'],
      ['confirm', 'WALKING', 'confirm'],
    ],
  )
})

test('what staff rejected while the stock was being taken is not paid for', () => {
  const committing: Checkout = { ...begun, step: 'commit', review: 'REJECTED' }

  const { state, reason, toUndo } = moved(committing, { kind: 'done' })

  const all = ['commit', 'authorize', 'price', 'hold']
  assert.deepEqual({ state, reason, toUndo }, { state: 'UNDOING', reason: 'REJECTED', toUndo: all })
})

test('what was suspected while the risk was being assessed waits for staff', () => {
  const assessing: Checkout = { ...begun, step: 'risk', review: 'PENDING' }

  const { review } = moved(assessing, { kind: 'unknown' })

  assert.equal(review, 'PENDING')
})

test('what was rejected while the risk was being assessed stays so, whatever the assessment says', () => {
  const assessing: Checkout = { ...begun, step: 'risk', review: 'REJECTED' }

  const { state, reason } = moved(assessing, { kind: 'done', review: 'UNJUDGED' })

  assert.deepEqual([state, reason], ['UNDOING', 'REJECTED'])
})
