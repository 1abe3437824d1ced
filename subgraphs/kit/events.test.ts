import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Delivery } from './flow.ts'
import { type Inbox, inboxOf } from './inbox.ts'
import { relay } from './relay.ts'
import { notebook } from './test/notes.ts'
import { silent } from './testing.ts'

const routes = { 'kit.noted': ['kit'] }

/** What one look of the relay sends. */
async function sent(book: { place: Parameters<typeof relay>[0] }): Promise<Delivery[]> {
  const all: Delivery[] = []
  await relay(book.place, { routes }, async (_, deliveries) => void all.push(...deliveries))
  return all
}

const shown = (deliveries: readonly Delivery[]) =>
  deliveries.map(({ event, after }) => `${event.aggregateId} ${event.sequence} after ${after}`)

test('each delivery names the one before it, over as many looks as it takes', async () => {
  await using book = await notebook()
  await book.note('a', 2)
  await book.note('b')
  const first = await sent(book)
  await book.note('a')

  const second = await sent(book)

  assert.deepEqual(shown(first), ['a 1 after 0', 'a 2 after 1', 'b 1 after 0'])
  assert.deepEqual(shown(second), ['a 3 after 2'])
})

test('what fails with its change is announced to nobody', async () => {
  await using book = await notebook()

  await assert.rejects(
    book.db.as(book.place.service, async () => {
      await book.note('elsewhere')
      throw new Error('changed my mind')
    }),
  )

  // The note was another transaction, and stands; nothing of the failed one does.
  assert.deepEqual(shown(await sent(book)), ['elsewhere 1 after 0'])
})

const inboxOn = (book: Awaited<ReturnType<typeof notebook>>, faults: unknown[] = []): Inbox =>
  inboxOf(book.place, book.listeners, silent(faults))

test('twice, at once and out of order is once and in order', async () => {
  await using book = await notebook()
  await book.note('a', 3)
  const [one, two, three] = (await sent(book)) as [Delivery, Delivery, Delivery]
  const inbox = inboxOn(book)

  const early = await inbox.take([three, two], false)
  await Promise.all([inbox.take([one], false), inbox.take([one], false)])
  const again = await inbox.take([three, one, two], false)

  assert.deepEqual(shown(early.early), ['a 2 after 1', 'a 3 after 2'])
  assert.deepEqual(again.early, [])
  assert.deepEqual(await book.notes(), ['a 1', 'a 2', 'a 3'])
})

test('a poisoned event parks its aggregate alone, leaves nothing behind, and can be replayed', async () => {
  await using book = await notebook()
  await book.note('sick')
  await book.note('sick', 1, true)
  await book.note('sick')
  await book.note('well', 2)
  const faults: unknown[] = []
  const inbox = inboxOn(book, faults)
  const deliveries = await sent(book)

  const tried = await inbox.take(deliveries, false)
  const parked = await inbox.take(tried.failed, true)
  await inbox.take(tried.early, true)
  const before = await book.notes()
  await book.database.run(`update parked_events
    set delivery = jsonb_set(delivery, '{event,data,poison}', 'false')`)
  const replayed = await inbox.replay('note', 'sick')
  await book.note('sick')
  await inbox.take(await sent(book), false)

  assert.deepEqual(shown(tried.failed), ['sick 2 after 1'])
  assert.deepEqual(shown(parked.done), ['sick 2 after 1'])
  assert.deepEqual(before, ['sick 1', 'well 1', 'well 2'])
  assert.match(String(faults[0]), /poison/)
  assert.equal(replayed, 2)
  assert.deepEqual(await book.notes(), [...before, 'sick 2', 'sick 3', 'sick 4'])
})

test('the order of an aggregate is the order of its commits', async () => {
  await using book = await notebook()

  await Promise.all(Array.from({ length: 40 }, (_, n) => book.note(`x${n % 3}`)))

  const rows = await book.database.run(
    'select aggregate_id, max(sequence) as last, count(*) as all from outbox group by 1 order by 1',
  )
  assert.deepEqual(rows, [
    { aggregate_id: 'x0', last: 14, all: 14 },
    { aggregate_id: 'x1', last: 13, all: 13 },
    { aggregate_id: 'x2', last: 13, all: 13 },
  ])
})
