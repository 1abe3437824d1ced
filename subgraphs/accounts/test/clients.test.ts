import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keysFrom } from '@shop/kit/keys'
import { createLocalJWKSet, jwtVerify } from 'jose'
import { AccessTokens } from '../clients/access-tokens.ts'
import { Argon2 } from '../clients/argon2.ts'
import { noon } from './world.ts'

const clock = { now: () => noon }
const keys = keysFrom('a secret of thirty-two bytes, say')
const claims = {
  userId: '019a3c1e-7f00-7000-8000-000000000001',
  sessionId: '019a3c1e-7f00-7000-8000-000000000002',
  kind: 'staff',
  scopes: ['stock:read'],
  isEmailVerified: true,
} as const

test('a token is believed by the published keys, says who it is for, and outlives a rotation', async () => {
  const first = new AccessTokens({ keys, clock, generation: 1, previous: [] })
  const second = new AccessTokens({ keys, clock, generation: 2, previous: [1] })
  const third = new AccessTokens({ keys, clock, generation: 3, previous: [2] })
  const { text } = await first.mint(claims)

  const published = createLocalJWKSet((await second.jwks()) as never)
  const { payload, protectedHeader } = await jwtVerify(text, published, {
    issuer: 'shopgraph',
    audience: 'shop',
    algorithms: ['EdDSA'],
    currentDate: noon,
  })

  assert.deepEqual(protectedHeader, { alg: 'EdDSA', kid: 'jwt:1', typ: 'JWT' })
  const iat = noon.getTime() / 1000
  assert.deepEqual(payload, {
    sub: claims.userId,
    sid: claims.sessionId,
    kind: 'staff',
    scopes: ['stock:read'],
    email_verified: true,
    iss: 'shopgraph',
    aud: 'shop',
    iat,
    exp: iat + 900,
  })
  assert.equal((await second.read(text))?.sessionId, claims.sessionId)
  assert.equal(await third.read(text), null)
  assert.equal(await second.read('x'.repeat(1_000_000)), null)
  assert.ok(!JSON.stringify(await second.jwks()).includes('"d"'))
})

const argon2 = (waiting = 100) =>
  new Argon2({ memoryKiB: 64, passes: 1, atOnce: 2, waiting, saltKey: Buffer.alloc(32) })

test('one computation, whether nobody, one or many claim the address', async () => {
  const hasher = argon2()
  const known = await hasher.hash('ada@example.com', 'right')
  const other = await hasher.hash('ada@example.com', 'other')
  const candidates = [known, other].map((passwordHash) => ({ passwordHash }))
  const counts = []

  for (const some of [[], candidates.slice(0, 1), candidates]) {
    const before = hasher.computed
    const matching = await hasher.matching('ada@example.com', 'right', some)
    counts.push([hasher.computed - before, matching.length])
  }

  assert.deepEqual(counts, [
    [1, 0],
    [1, 1],
    [1, 1],
  ])
})

test('a flood beyond the queue is sent away at once, and the rest is computed', async () => {
  const hasher = argon2(10)

  const told = await Promise.allSettled(
    Array.from({ length: 100 }, () => hasher.hash('ada@example.com', 'password')),
  )

  const codes = told.flatMap((each) => (each.status === 'rejected' ? [each.reason.code] : []))
  assert.deepEqual(codes, Array(88).fill('UNAVAILABLE'))
  assert.equal(hasher.computed, 12)
})
