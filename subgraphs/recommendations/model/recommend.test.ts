import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BadRows } from '@shop/kit/learn/refusals'
import { dayMs, type Interaction } from './history.ts'
import { learned } from './learned.ts'
import { recommended } from './recommend.ts'

const nowMs = 100 * dayMs

/** Campers buy tents, pegs, lamps and stoves; cooks pans, pots, spoons and stoves. */
const camping = ['tent', 'pegs', 'lamp', 'stove']
const cooking = ['pan', 'pot', 'spoon', 'stove']

function shop(): Interaction[] {
  return Array.from({ length: 60 }, (_, shopper) => {
    const items = (shopper % 2 ? camping : cooking).filter((_, at) => at !== (shopper >> 1) % 4)
    return items.map((item, at) => ({
      shopper: `shopper-${shopper}`,
      item,
      atMs: nowMs - (shopper + at) * dayMs,
    }))
  }).flat()
}

const catalogue = [...new Set([...camping, ...cooking, 'hammock'])].map((id) => ({
  id,
  text: id === 'hammock' || camping.includes(id) ? `${id} for the tent and camp` : `${id} kitchen`,
}))

const model = () => learned({ interactions: shop(), catalogue })
const asked = { nowMs, count: 3, relevance: 1 }

test('who bought of a bundle is shown the rest of it, and told why', async () => {
  const events = ['tent', 'pegs'].map((item) => ({ item, atMs: nowMs - dayMs }))

  const answer = recommended(await model(), { ...asked, events, bought: 'HIDE' })

  assert.deepEqual(
    new Set(answer.items.slice(0, 2).map(({ item }) => item)),
    new Set(['lamp', 'stove']),
  )
  assert.ok(answer.items.slice(0, 2).every(({ reason }) => reason.kind === 'BECAUSE_OF'))
  assert.equal(answer.degraded, false)
})

test('a stranger is shown what is popular lately, and that is no fault', async () => {
  const answer = recommended(await model(), { ...asked, events: [] })

  assert.deepEqual(
    answer.items.map(({ reason }) => reason.kind),
    ['POPULAR', 'POPULAR', 'POPULAR'],
  )
  assert.equal(answer.items[0]?.item, 'stove')
  assert.equal(answer.confidence, 0)
  assert.equal(answer.degraded, false)
})

test('a history of items that are not known gets the list of a stranger, and says so', async () => {
  const events = [{ item: 'unheard-of', atMs: nowMs }]

  const answer = recommended(await model(), { ...asked, events })

  assert.equal(answer.items.length, 3)
  assert.equal(answer.degraded, true)
})

test('what is hidden or was just bought is not shown', async () => {
  const events = [{ item: 'tent', atMs: nowMs - dayMs }]

  const answer = recommended(await model(), {
    ...asked,
    count: 100,
    events,
    bought: 'HIDE',
    hidden: new Set(['lamp', 'unheard-of']),
  })

  const shown = answer.items.map(({ item }) => item)
  assert.ok(!shown.includes('tent') && !shown.includes('lamp'))
  assert.equal(new Set(shown).size, shown.length)
})

test('what nobody has bought is found by its text, in a slot given to chance', async () => {
  const learnedModel = await model()
  const events = camping.map((item) => ({ item, atMs: nowMs - dayMs }))
  const exploring = { share: 1, slots: 1, seen: (item: string) => seenOf(item), seed: 3 }

  const answer = recommended(learnedModel, { ...asked, events, bought: 'HIDE', exploring })

  assert.deepEqual(answer.items.at(-1)?.item, 'hammock')
  assert.deepEqual(answer.items.at(-1)?.reason, { kind: 'EXPLORED' })
  assert.deepEqual(
    recommended(learnedModel, { ...asked, events, bought: 'HIDE', exploring }),
    answer,
  )
})

/** All but the hammock were shown a thousand times for nothing. */
const seenOf = (item: string) => ({ shown: item === 'hammock' ? 0 : 1000, taken: 0 })

test('the same rows teach the same bits', async () => {
  const [one, other] = [await model(), await model()]

  assert.deepEqual(one.ease, other.ease)
  assert.deepEqual(one.factors, other.factors)
})

for (const [what, interactions] of Object.entries({
  'no shoppers': [],
  'one shopper with one item': [{ shopper: 'ada', item: 'tent', atMs: nowMs }],
  'items that are not in the catalogue': [{ shopper: 'ada', item: 'sofa', atMs: nowMs }],
})) {
  test(`a shop of ${what} still answers`, async () => {
    const poor = await learned({ interactions, catalogue, nowMs })

    const { items } = recommended(poor, { ...asked, events: [{ item: 'tent', atMs: nowMs }] })

    assert.equal(items.length, 3)
  })
}

test('an empty catalogue has nothing to show', async () => {
  const empty = await learned({ interactions: shop(), catalogue: [] })

  assert.deepEqual(recommended(empty, { ...asked, events: [] }).items, [])
})

const broken = { item: 'tent', atMs: nowMs }
for (const [what, request] of Object.entries({
  'a count of 0': { count: 0 },
  'a count of 1,000': { count: 1000 },
  'a time that is no number': { nowMs: Number.NaN },
  'an event without a time': { events: [{ ...broken, atMs: Number.NaN }] },
  'an event of infinite weight': { events: [{ ...broken, weight: Infinity }] },
  'an event on no item': { events: [{ ...broken, item: null as never }] },
})) {
  test(`${what} is refused by a code`, async () => {
    const poor = await learned({ interactions: [], catalogue, nowMs })

    assert.throws(() => recommended(poor, { ...asked, events: [], ...request }), BadRows)
  })
}

test('a history of a hundred thousand events is answered', async () => {
  const events = Array.from({ length: 100_000 }, (_, at) => ({
    item: camping[at % 4] as string,
    atMs: nowMs - at,
  }))

  const { items } = recommended(await model(), { ...asked, events, bought: 'HIDE' })

  assert.deepEqual(items.length, 3)
})
