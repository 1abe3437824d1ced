import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parcelsWorld } from './parcels.ts'
import { begun, type Said, subscribe } from './socket-client.ts'
import { streamed, until } from './streams.ts'

const hostile: readonly (readonly [name: string, query: string])[] = [
  ['deep', `subscription { moved(id: 1) { ${'a { '.repeat(60)} b ${'} '.repeat(60)} } }`],
  ['of many aliases', `subscription { moved(id: 1) { ${aliases(600)} } }`],
  ['of two roots', 'subscription { a: moved(id: 1) { id } b: moved(id: 2) { id } }'],
  ['of many tokens', `subscription { moved(id: 1) { ${'id '.repeat(16_000)} } }`],
  ['in Greek', 'subscription { κινήθηκε }'],
]

function aliases(count: number): string {
  return Array.from({ length: count }, (_, n) => `a${n}: id`).join(' ')
}

for (const [name, attack] of hostile) {
  test(`a subscription ${name} is refused alike by every way in`, async () => {
    await using world = await parcelsWorld()
    using socket = await begun(world.router)

    socket.say(subscribe('1', { query: attack }))
    await until(() => socket.heard.length > 0)
    const [byEvents] = await (await streamed(world.router, { query: attack })).rest()
    const headers = { 'content-type': 'application/json', accept: 'multipart/mixed' }
    const body = JSON.stringify({ query: attack })
    const byParts = await fetch(world.router.url, { method: 'POST', headers, body })

    const [{ type, payload }] = socket.heard
    const codes = [payload, byEvents.errors, ((await byParts.json()) as Said).errors].map(
      ([first]) => first.extensions.code,
    )
    assert.equal(type, 'error')
    assert.match(codes[0], /^(OPERATION_TOO_LARGE|GRAPHQL_\w+_FAILED)$/)
    assert.deepEqual(codes, [codes[0], codes[0], codes[0]])
    assert.deepEqual(world.opened, [])
  })
}
