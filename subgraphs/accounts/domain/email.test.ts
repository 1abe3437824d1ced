import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BadUserInput } from '@shop/kit/errors'
import { canonicalEmail } from './email.ts'

for (const [written, stored] of [
  ['Ada@Example.COM', 'ada@example.com'],
  ['  ada@example.com\n', 'ada@example.com'],
  ['ａｄａ＠ｅｘａｍｐｌｅ．ｃｏｍ', 'ada@example.com'],
  ['\u212Aaren@example.com', 'karen@example.com'],
  ['ada@B\u00FCcher.example', 'ada@xn--bcher-kva.example'],
  ['ada@bu\u0308cher.example', 'ada@xn--bcher-kva.example'],
  ['ada+shop@example.com', 'ada+shop@example.com'],
] as const) {
  test(`${written} is ${stored}`, () => assert.equal(canonicalEmail(written), stored))
}

for (const written of [
  '',
  'ada',
  '@example.com',
  'ada@',
  'ada@localhost',
  'ada@127.0.0.1',
  'a@b@example.com',
  'ada lovelace@example.com',
  'ada@example.com\r\nBcc: ben@example.com',
  'ada@exam\u200Bple.com ',
  `${'a'.repeat(65)}@example.com`,
  `ada@${'a'.repeat(64)}.com`,
  'x'.repeat(100_000),
]) {
  test(`${JSON.stringify(written.slice(0, 40))} is no address`, () => {
    assert.throws(() => canonicalEmail(written), BadUserInput)
  })
}
