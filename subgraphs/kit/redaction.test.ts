import assert from 'node:assert/strict'
import { test } from 'node:test'
import { scrubbed, scrubbedText } from './redaction.ts'

const hidden = '[redacted]'

test('what is named secret or personal is hidden, however deep and however written', () => {
  const shown = scrubbed({
    orderId: 'o-1',
    newPassword: 'a',
    refresh_token: 'b',
    'x-api-key': 'c',
    headers: { Authorization: 'd', cookie: 'e', accept: 'text/html' },
    shopper: { firstName: 'f', billingAddress: { line1: 'g' }, emails: ['h'] },
    cards: [{ cardNumber: 'i' }],
  })

  assert.deepEqual(shown, {
    orderId: 'o-1',
    newPassword: hidden,
    refresh_token: hidden,
    'x-api-key': hidden,
    headers: { Authorization: hidden, cookie: hidden, accept: 'text/html' },
    shopper: { firstName: hidden, billingAddress: hidden, emails: hidden },
    cards: [{ cardNumber: hidden }],
  })
})

test('what only resembles a hidden name stays', () => {
  const harmless = {
    filename: 'a.png',
    hostname: 'db',
    tokens: 12,
    emailVerified: true,
    capacity: 3,
  }

  assert.deepEqual(scrubbed(harmless), harmless)
})

for (const [text, shown] of [
  ['mail to ada.l+shop@example.co.uk failed', `mail to ${hidden} failed`],
  ['Authorization: Bearer abc.def-123', `Authorization: ${hidden} ${hidden}`],
  ['postgres://shop:hunter2@db:5432/e', `postgres://shop:${hidden}@db:5432/e`],
  ['card 4242 4242 4242 4242 declined', `card ${hidden} declined`],
  ['key sk_test_51Habcdefgh', `key ${hidden}`],
  ['?token=abc&page=2', `?token=${hidden}&page=2`],
] as const) {
  test(`told as "${shown}"`, () => assert.equal(scrubbedText(text), shown))
}

test('ids, amounts and times are no card numbers', () => {
  const text = '0199c0de-1111-7222-8333-444455556666 at 1767225600001 for 129900'

  assert.equal(scrubbedText(text), text)
})

test('of a fault there is its kind, code and words, and not what a driver hung on it', () => {
  const fault = Object.assign(
    new TypeError('ada@example.com exists', { cause: new Error('why') }),
    {
      code: '23505',
      detail: 'Key (email)=(ada@example.com) already exists.',
    },
  )

  const { stack: _, cause, ...shown } = scrubbed(fault) as Record<string, unknown>

  assert.deepEqual(shown, { type: 'TypeError', message: `${hidden} exists`, code: '23505' })
  assert.equal((cause as Error).message, 'why')
})

test('a thing that holds itself ends', () => {
  const ring: Record<string, unknown> = {}
  ring.again = ring

  assert.match(JSON.stringify(scrubbed(ring)), /deeper/)
})
