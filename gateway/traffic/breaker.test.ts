import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Breaker } from './breaker.ts'

const settings = { windowMs: 10_000, least: 10, share: 0.5, slowMs: 1_500, restMs: 5_000 }

function world() {
  const time = { ms: 1_000_000 }
  const states: string[] = []
  const breaker = new Breaker(
    settings,
    (state) => states.push(state),
    () => time.ms,
  )
  const call = (failed: boolean, tookMs = 10) => {
    const passage = breaker.enter()
    time.ms += tookMs
    passage?.end(failed)
    return passage !== null
  }
  return { time, states, breaker, call }
}

test('half of the calls failing opens it, and fewer do not', () => {
  const { breaker, call } = world()

  for (let at = 0; at < 100; at += 1) call(at % 3 === 0)
  const third = breaker.state
  for (let at = 0; at < 100; at += 1) call(at % 3 !== 0)

  assert.deepEqual([third, breaker.state], ['closed', 'open'])
})

test('a few failures say nothing, nor do old ones', () => {
  const { breaker, call, time } = world()

  for (let at = 0; at < 9; at += 1) call(true)
  time.ms += 11_000
  for (let at = 0; at < 9; at += 1) call(true)

  assert.equal(breaker.state, 'closed')
})

test('while it rests nothing is let through; then one call decides', () => {
  const { breaker, call, time, states } = world()
  for (let at = 0; at < 10; at += 1) call(true)

  const resting = call(false)
  time.ms += 5_000
  const first = breaker.enter()
  const second = breaker.enter()
  first?.end(true)
  const again = call(false)
  time.ms += 5_000
  const good = call(false)

  assert.deepEqual([resting, first !== null, second, again, good], [false, true, null, false, true])
  assert.deepEqual(states, ['open', 'trying', 'open', 'trying', 'closed'])
})

test('calls that hang count as soon as they are slow, and a try that hangs is over', () => {
  const { breaker, call, time } = world()
  const hanging = Array.from({ length: 20 }, () => breaker.enter())

  time.ms += 1_501
  const slow = call(false)
  time.ms += 5_000
  const tried = breaker.enter()
  time.ms += 1_501
  breaker.enter()
  const stillOpen = breaker.state
  for (const passage of [...hanging, tried]) passage?.end(false)

  assert.deepEqual([slow, tried !== null, stillOpen, breaker.state], [false, true, 'open', 'open'])
})

test('who goes away says nothing of the subgraph', () => {
  const { breaker } = world()

  for (let at = 0; at < 50; at += 1) breaker.enter()?.drop()

  assert.equal(breaker.state, 'closed')
})
