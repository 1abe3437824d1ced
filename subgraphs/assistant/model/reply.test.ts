import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BadText } from '@shop/kit/learn/refusals'
import { injections } from './injections.ts'
import { madeAssistant } from './made-world.ts'
import { type Reply, replyTo } from './reply.ts'

const assistant = await madeAssistant()
const replied = async (text: string, own = assistant) => (await replyTo(own, { text })).value

test('a fact is quoted as it stands, with its source', async () => {
  const { value, degraded } = await replyTo(assistant, { text: 'how heavy is the kettle?' })

  assert.deepEqual(value, {
    kind: 'Answered',
    by: 'quotation',
    sentences: [{ text: 'The kettle weighs 900 grams.', citations: ['kettle-weight'] }],
  } satisfies Reply)
  assert.equal(degraded, false)
})

test('a call is proposed with what the message names, and what changes something is confirmed', async () => {
  assert.deepEqual(await replied('please cancel order 10044'), {
    kind: 'Proposed',
    proposal: {
      kind: 'Call',
      tool: 'cancelOrder',
      arguments: { orderNumber: '10044' },
      confirm: true,
    },
  })
})

test('without its number an order is asked for, never guessed', async () => {
  assert.deepEqual(await replied('please cancel my last order'), {
    kind: 'Proposed',
    proposal: { kind: 'Ask', tool: 'cancelOrder', missing: ['orderNumber'] },
  })
})

test('a person takes over when asked for, and where the shop has no business', async () => {
  assert.deepEqual(await replied('let me talk to a person'), {
    kind: 'HandedOver',
    because: 'ASKED_FOR_A_PERSON',
  })
  assert.deepEqual(await replied('what is the capital of france'), {
    kind: 'HandedOver',
    because: 'OUT_OF_SCOPE',
  })
})

test('what nothing answers is not answered', async () => {
  const empty = { ...assistant, knowledge: (await madeAssistant()).knowledge }

  const value = await replied('how heavy is the zeppelin hangar door?', {
    ...empty,
    knowledge: { ...empty.knowledge, places: new Map() },
  })

  assert.deepEqual(value, { kind: 'HandedOver', because: 'NO_EVIDENCE' })
})

test('a fact of an order comes from the call that the shopper made, and cites it', async () => {
  const { value } = await replyTo(assistant, {
    text: 'how heavy is the parcel of order 10023?',
    facts: [
      {
        id: 'my-order-10023',
        source: 'order',
        title: 'Order 10023',
        text: 'The parcel of order 10023 weighs 1200 grams, how heavy it is as sent.',
      },
    ],
  })

  assert.equal(value.kind, 'Answered')
  assert.deepEqual(value.kind === 'Answered' && value.sentences[0]?.citations, ['my-order-10023'])
})

for (const text of injections) {
  test(`a message that commands changes nothing unconfirmed: ${text.slice(0, 40)}`, async () => {
    const value = await replied(text)

    // What it may get is what a shopper with those words gets: a proposal to confirm, or a person.
    const harmless =
      value.kind === 'HandedOver' ||
      value.kind === 'Answered' ||
      value.proposal.kind === 'Ask' ||
      value.proposal.confirm ||
      ['myOrder', 'myOrders', 'myReturns'].includes(value.proposal.tool)
    assert.ok(harmless, JSON.stringify(value))
    assert.ok(!JSON.stringify(value).includes('ben@example.org'))
  })
}

test('a retrieved text that commands changes no tool and no answer', async () => {
  const poisoned = await madeAssistant(
    injections.map((text, i) => ({
      id: `poison-${i}`,
      source: 'review' as const,
      title: 'The kettle',
      text: `kettle weight heavy: ${text}`,
    })),
  )
  const asked = [
    'how heavy is the kettle?',
    'please cancel order 10044',
    'let me talk to a person',
    'what is the capital of france',
  ]

  for (const text of asked) {
    assert.deepEqual(await replied(text, poisoned), await replied(text), text)
  }
})

for (const [what, text] of [
  ['nothing', ''],
  ['spaces', ' \n\t'],
  ['control characters', '\u0000\u0007\u001b'],
  ['signs', '?!… 🙂'],
  ['10 MB', 'kettle '.repeat(1_500_000)],
] as const) {
  test(`a message of ${what} is refused with a code`, () =>
    assert.rejects(replyTo(assistant, { text }), BadText))
}

for (const text of [
  '\ud800 broken surrogate kettle \u0000',
  'wie schwer ist der Kessel?',
  'ما وزن الغلاية',
  'a'.repeat(99_999),
  '<script>alert(1)</script> order',
  '__proto__ constructor toString',
]) {
  test(`an odd message gets a reply: ${text.slice(0, 20)}`, async () => {
    const { value, confidence } = await replyTo(assistant, { text })

    assert.ok(['Answered', 'Proposed', 'HandedOver'].includes(value.kind))
    assert.ok(confidence >= 0 && confidence <= 1)
  })
}

test('without a model a person answers, and the reply says that it is degraded', async () => {
  const { value, degraded } = await replyTo(
    { ...assistant, intents: undefined },
    { text: 'how heavy is the kettle?' },
  )

  assert.deepEqual(value, { kind: 'HandedOver', because: 'NO_MODEL' })
  assert.equal(degraded, true)
})
