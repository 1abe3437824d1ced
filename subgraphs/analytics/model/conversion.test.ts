import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rocAuc } from '@shop/kit/learn/class-metrics'
import { randomFrom } from '@shop/kit/learn/random'
import { BadRows } from '@shop/kit/learn/refusals'
import { conversionChances, converting, learnedConversion } from './conversion.ts'

/** Who looks at many products buys, as a rule. */
function made(count: number, seed: number) {
  const random = randomFrom(seed)
  const visits = Array.from({ length: count }, () => ({
    product: random.below(50),
    exitRate: random.next(),
    month: 1 + random.below(12),
    visitor: ['returning', 'new'][random.below(2)],
    weekend: random.next() < 0.3,
  }))
  const bought = visits.map(({ product }) => Number(random.next() < product / 60))
  return { visits, bought }
}

const auc = (learn: ReturnType<typeof made>, score: ReturnType<typeof made>) =>
  rocAuc({
    scores: conversionChances(learnedConversion(learn, 1), score.visits),
    truths: score.bought,
  })

test('what makes visits end in a purchase is learned, and shuffled ends are chance', () => {
  const [train, other] = [made(1200, 1), made(1200, 2)]
  // One shuffle keeps some likeness by chance, and a mean of many does not.
  const shuffles = Array.from({ length: 8 }, (_, seed) =>
    auc({ ...train, bought: randomFrom(seed).shuffled(train.bought) }, other),
  )

  assert.ok(auc(train, other) > 0.75)
  assert.ok(Math.abs(shuffles.reduce((sum, each) => sum + each / 8, 0) - 0.5) < 0.06, `${shuffles}`)
})

test('the same seed gives the same trees', () => {
  const train = made(300, 1)

  assert.deepEqual(learnedConversion(train, 5), learnedConversion(train, 5))
})

test('an answer has its reasons, and one on nothing says that it is degraded', () => {
  const model = learnedConversion(made(1200, 1), 1)
  const whole = Object.fromEntries(model.schema.map(({ name }) => [name, 1]))

  const known = converting(model, { ...whole, product: 49, visitor: 'new', weekend: true })
  const blind = converting(model, { product: 'many', visitor: 'a robot', exitRate: Number.NaN })

  assert.equal(known.reasons[0], 'product')
  assert.equal(known.degraded, false)
  assert.equal(blind.degraded, true)
  assert.ok(blind.chance > 0 && blind.chance < 1)
})

test('no visits, and visits that all ended alike, are refused; no questions have no answers', () => {
  assert.throws(() => learnedConversion({ visits: [], bought: [] }, 1), BadRows)
  assert.throws(() => learnedConversion({ visits: [{}, {}], bought: [1, 1] }, 1), BadRows)
  assert.deepEqual(conversionChances(learnedConversion(made(300, 1), 1), []), [])
})
