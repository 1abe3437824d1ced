import assert from 'node:assert/strict'
import { test } from 'node:test'
import { userNamed } from './identity.ts'
import { keysFrom } from './keys.ts'
import { signed, verified } from './signature.ts'

const keys = keysFrom('a secret of thirty-two bytes, say')
const call = { audience: 'catalog', keyOf: 'catalog', body: '{"query":"{ a }"}' }
const said = { identity: userNamed('ada'), cookies: { guest: 'g' }, deadlineMs: 1 }

test('what was signed is read back', () => {
  const read = verified(signed(said, call, keys), call, keys)

  assert.deepEqual(read?.identity, said.identity)
  assert.deepEqual(read?.cookies, { guest: 'g' })
})

test('for another subgraph, another body or by another key it is nothing', () => {
  const header = signed(said, call, keys)
  const [version, payload = '', mac] = header.split('.')
  const raised = Buffer.from(payload, 'base64url').toString().replace('ada', 'eve')

  const refused = [
    verified(header, { ...call, audience: 'orders' }, keys),
    verified(header, { ...call, keyOf: 'orders' }, keys),
    verified(header, { ...call, body: '{"query":"{ b }"}' }, keys),
    verified(header, call, keysFrom('another secret of thirty-two byte')),
    verified(`${version}.${Buffer.from(raised).toString('base64url')}.${mac}`, call, keys),
    ...['', 'v1', 'v2.a.b', 'v1.e30.xxx', `${header}.more`].map((each) =>
      verified(each, call, keys),
    ),
  ]

  assert.deepEqual(
    refused,
    refused.map(() => null),
  )
})

test('half a minute later, or from a clock that is ahead, it is nothing', (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: 1_800_000_000_000 })
  const header = signed(said, call, keys)

  t.mock.timers.setTime(1_800_000_029_000)
  const inTime = verified(header, call, keys)
  t.mock.timers.setTime(1_800_000_032_000)
  const late = verified(header, call, keys)
  t.mock.timers.setTime(1_799_999_990_000)
  const ahead = verified(header, call, keys)

  assert.deepEqual([inTime?.identity.id, late, ahead], ['ada', null, null])
})
