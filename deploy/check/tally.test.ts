import assert from 'node:assert/strict'
import { test } from 'node:test'
import { summary, type Told, toldIn } from './tally.ts'

const toldOf = (events: readonly object[]): Told[] =>
  events.map((event) => toldIn(event as never)).filter((told) => told !== null)

test('the sums of several runs are one, with what failed and what was left out, each reason once', () => {
  const left = { type: 'test:diagnostic', data: { message: 'left out: no redis-server' } }
  const first = toldOf([
    { type: 'test:start', data: { name: 'a cart is kept' } },
    { type: 'test:pass', data: { name: 'a cart is kept', file: 'carts.test.ts' } },
    { type: 'test:diagnostic', data: { message: '10 decisions' } },
    left,
  ])
  const second = toldOf([
    { type: 'test:fail', data: { name: 'it is paid', file: 'pay.test.ts' } },
    { type: 'test:pass', data: { name: 'it is live', file: 'live.test.ts', skip: 'no key' } },
    left,
  ])

  assert.equal(
    summary([...first, ...second]),
    `
Left out:
  no redis-server

Failed:
  it is paid (pay.test.ts)

3 tests: 1 passed, 1 failed, 1 skipped
`,
  )
})
