import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inWords, logFrom, logOf } from './log.ts'
import { following } from './tracing.ts'

function kept() {
  const lines: string[] = []
  return { lines, to: { write: (line: string) => void lines.push(line) } }
}

test('a line is one JSON object: level, time, message, fields, fault', () => {
  const { lines, to } = kept()

  logOf({ to }).with({ subgraph: 'orders' }).error('it broke', new RangeError('too far'))

  const { time, fault, ...rest } = JSON.parse(lines.join())
  assert.ok(Math.abs(Date.parse(time) - Date.now()) < 60_000)
  assert.deepEqual([fault.type, fault.message], ['RangeError', 'too far'])
  assert.deepEqual(rest, { level: 'error', subgraph: 'orders', message: 'it broke' })
})

test('nothing secret or personal is written, in message, fields or fault', () => {
  const { lines, to } = kept()
  const log = logOf({ to }).with({ email: 'ada@example.com', sessionToken: 'abc' })

  log.info('hello ada@example.com')
  log.warn('careful', { password: 'hunter2', at: 'ben@example.com' })
  log.error('failed', new Error('no ada@example.com'))

  assert.equal(lines.length, 3)
  assert.doesNotMatch(lines.join(), /ada@|ben@|hunter2|abc/)
})

test('below its level a log is silent', () => {
  const { lines, to } = kept()
  const log = logOf({ level: 'warn', to })

  log.info('not told')
  log.warn('told')

  assert.deepEqual(
    lines.map((line) => JSON.parse(line).message),
    ['told'],
  )
})

test('a line within a trace names it', () => {
  const { lines, to } = kept()
  const id = '4bf92f3577b34da6a3ce929d0e0e4736'

  following(`00-${id}-00f067aa0ba902b7-01`, () => logOf({ to }).info('here'))

  assert.equal(JSON.parse(lines.join()).traceId, id)
})

test('in words, whatever is told takes one line', () => {
  const { lines, to } = kept()
  const log = logOf({ to: inWords(to) }).with({ subgraph: 'orders', count: 2 })

  log.error('two\nlines', new Error('and\nmore'))

  const [line = ''] = lines
  assert.match(
    line,
    /^\d\d:\d\d:\d\d\.\d{3} error two lines subgraph=orders count=2 \(Error: and more, /,
  )
  assert.equal(line.indexOf('\n'), line.length - 1)
})

test('an unknown level is the usual one', (t) => {
  const write = t.mock.method(process.stdout, 'write', () => true)

  const log = logFrom({ LOG_LEVEL: 'loud' }, true)
  log.info('told')

  assert.equal(write.mock.callCount(), 1)
})
