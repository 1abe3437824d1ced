import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parcelsWorld } from './parcels.ts'
import { streamed, until } from './streams.ts'

const query = 'subscription ($id: ID!) { moved(id: $id) { id place } }'
const asked = { query, variables: { id: 'p1' } }

test('who comes while the server closes is told to try another, and holds up nobody', async () => {
  await using world = await parcelsWorld({ topology: 'solo' })
  const { router } = world
  await using before = await streamed(router, asked)
  await until(() => router.channels.counts.streams === 1)

  router.channels.close()
  const [last] = await before.rest()
  const after = await fetch(router.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify(asked),
  })
  const told = await after.text()

  assert.deepEqual(last.errors[0].extensions, { code: 'CLOSING', retryable: true })
  assert.match(told, /"extensions":\{"code":"CLOSING","retryable":true\}/)
  assert.equal(router.channels.counts.streams, 0)
})
