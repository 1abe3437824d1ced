import assert from 'node:assert/strict'
import { test } from 'node:test'
import { backlogOf, watchBacklog } from './backlog.ts'
import { acknowledge, type Delivery } from './flow.ts'
import { inboxOf } from './inbox.ts'
import { relay } from './relay.ts'
import { telemetryFrom } from './telemetry.ts'
import { notebook } from './test/notes.ts'
import { silent } from './testing.ts'

const hour = "now() - interval '1 hour'"

test('an event waits until its listener acknowledged it, routed or not', async () => {
  await using book = await notebook()
  const nothing = await backlogOf(book.place)
  await book.note('a')
  await book.database.run(`update outbox set occurred_at = ${hour}`)
  const announced = await backlogOf(book.place)
  const sent: Delivery[] = []
  await relay(
    book.place,
    { routes: { 'kit.noted': ['kit'] } },
    async (_, all) => void sent.push(...all),
  )
  const routed = await backlogOf(book.place)

  await acknowledge(
    book.place,
    'kit',
    sent.map(({ event }) => event.id),
  )

  assert.deepEqual(nothing, { parked: 0, oldestSeconds: 0 })
  for (const { oldestSeconds } of [announced, routed]) {
    assert.ok(oldestSeconds >= 3600 && oldestSeconds < 3660, `${oldestSeconds} s`)
  }
  assert.deepEqual(await backlogOf(book.place), { parked: 0, oldestSeconds: 0 })
})

test('metrics tell what is parked, by subgraph, and nothing of a database that is away', async () => {
  await using book = await notebook()
  await using telemetry = await telemetryFrom({}, 'notes')
  await book.note('sick', 1, true)
  await book.note('sick')
  const inbox = inboxOf(book.place, book.listeners, silent([]))
  await relay(book.place, { routes: { 'kit.noted': ['kit'] } }, async (_, all) => {
    const { early } = await inbox.take(all, true)
    await inbox.take(early, true)
  })
  using _ = watchBacklog(telemetry, 'notes', book.place)

  const { text } = await telemetry.exposition()
  await book.db[Symbol.asyncDispose]()
  const { text: later } = await telemetry.exposition()

  assert.match(text, /^events_parked\{subgraph="notes"\} 2$/m)
  assert.match(text, /^outbox_oldest_seconds\{subgraph="notes"\} \d/m)
  assert.doesNotMatch(later, /^(events_parked|outbox_oldest_seconds)\{/m)
})
