import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toldOf } from './fault.ts'

const coded = (message: string, code: string, path?: string) =>
  Object.assign(new Error(message), { code, path })

test('a fault at the start is one line that says what to do', () => {
  const refused = coded("EACCES: permission denied, open '/s/secret'", 'EACCES', '/s/secret')
  const advice = toldOf(refused, {})

  assert.match(advice, /^\/s\/secret: no permission\. .*SHOP_STATE_DIR/)
  assert.equal(advice.split('\n').length, 1)
})

test('a full disk is told as one, whoever met it', () => {
  const faults = [
    coded('ENOSPC: no space left on device, write', 'ENOSPC'),
    coded('could not extend file "base/1"', '53100'),
    new Error('PostgreSQL could not be set up: error: could not write: No space left on device'),
  ]

  for (const fault of faults) assert.match(toldOf(fault, {}), /^The disk is full \(.*Make room/)
})

test('what failed first is told, and its stack where LOG_LEVEL is debug', () => {
  const first = new Error('Ports 4000 to 4049 are all in use.')
  const fault = new SuppressedError(new Error('and closing failed'), first)

  assert.equal(toldOf(fault, {}), 'Ports 4000 to 4049 are all in use.')
  assert.match(toldOf(fault, { LOG_LEVEL: 'debug' }), /4049 are all in use\.\n\s+at /)
})
