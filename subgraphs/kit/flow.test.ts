import assert from 'node:assert/strict'
import { test } from 'node:test'
import { acknowledge, type Delivery, sendAnew } from './flow.ts'
import { relay } from './relay.ts'
import { notebook } from './test/notes.ts'

/** A notebook whose listener is a list of what was sent to it. */
async function book() {
  const opened = await notebook()
  const { place, database } = opened
  return {
    ...opened,
    /** What one look of the relay sends. */
    async sent() {
      const all: Delivery[] = []
      const routes = { 'kit.noted': ['kit'] }
      await relay(place, { routes }, async (_, deliveries) => void all.push(...deliveries))
      return all.map(({ event }) => `${event.aggregateId} ${event.sequence}`)
    },
    async acknowledged(...notes: string[]) {
      const rows = await database.run(
        `select id from outbox where aggregate_id || ' ' || sequence = any($1)`,
        [notes],
      )
      const ids = rows.map(({ id }) => String(id))
      return acknowledge(place, 'kit', ids)
    },
    /** So long ago is all that has happened. */
    async passing(time: string) {
      await database.run(
        `update deliveries set due_at = due_at - $1::interval,
        sent_at = sent_at - $1::interval`,
        [time],
      )
      await database.run(
        `update event_flows set heard = heard - $1::interval,
        probe_at = probe_at - $1::interval`,
        [time],
      )
    },
  }
}

const numbered = (aggregate: string, from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, n) => `${aggregate} ${from + n}`)

test('no more is under way than a listener has room for, until it acknowledges', async () => {
  await using notes = await book()
  await notes.note('a', 1100)

  const first = await notes.sent()
  const full = await notes.sent()
  const isMore = await notes.acknowledged('a 1', 'a 2')
  const freed = await notes.sent()
  const isMoreYet = await notes.acknowledged(...numbered('a', 3, 1002))
  await notes.sent()
  const isMoreAtLast = await notes.acknowledged('a 1003')

  assert.equal(first.length, 1000)
  assert.deepEqual(full, [])
  assert.equal(freed.length, 2)
  assert.deepEqual([isMore, isMoreYet, isMoreAtLast], [true, true, false])
})

test('what waits in the queue of a slow listener is not sent again, however long it takes', async () => {
  await using notes = await book()
  await notes.note('a', 500)
  const again: string[] = []
  const all = await notes.sent()

  for (let at = 0; at < 500; at += 50) {
    await notes.passing('9 seconds')
    await notes.acknowledged(...all.slice(at, at + 50))
    again.push(...(await notes.sent()))
  }

  assert.equal(all.length, 500)
  assert.deepEqual(again, [])
  assert.deepEqual(await notes.database.run('select from deliveries'), [])
})

test('of a listener that says nothing only the oldest are tried again, and less and less often', async () => {
  await using notes = await book()
  await notes.note('a', 500)
  await notes.sent()

  await notes.passing('11 seconds')
  const second = await notes.sent()
  const atOnce = await notes.sent()
  await notes.passing('11 seconds')
  const third = await notes.sent()
  await notes.passing('11 seconds')
  const tooSoon = await notes.sent()

  assert.equal(second.length, 100)
  assert.deepEqual(atOnce, [])
  assert.equal(third.length, 100)
  assert.deepEqual(tooSoon, [])
})

test('what was lost is sent again as soon as something sent long after it is acknowledged', async () => {
  await using notes = await book()
  await notes.note('lost', 3)
  await notes.sent()
  await notes.passing('11 seconds')
  await notes.database.run(`update event_flows set probe_at = now() + interval '1 hour'`)
  await notes.note('b')
  const unheard = await notes.sent()

  await notes.acknowledged('b 1')
  await notes.note('c')
  const heard = await notes.sent()
  const after = await notes.sent()

  assert.deepEqual(unheard, ['b 1'])
  assert.deepEqual(heard, ['c 1', 'lost 1', 'lost 2', 'lost 3'])
  assert.deepEqual(after, [])
})

test('new deliveries are not kept waiting by what is sent again', async () => {
  await using notes = await book()
  await notes.note('lost', 990)
  await notes.sent()
  await notes.passing('11 seconds')
  await notes.note('new', 10)

  const sent = await notes.sent()

  assert.deepEqual(
    sent.filter((each) => each.startsWith('new')),
    numbered('new', 1, 10),
  )
  assert.equal(sent.length, 110)
})

test('when the queue is known to have lost everything, all that was under way is sent at once', async () => {
  await using notes = await book()
  await notes.note('a', 300)
  const first = await notes.sent()
  await notes.acknowledged('a 1')

  await sendAnew(notes.place)

  assert.deepEqual(await notes.sent(), first.slice(1))
  assert.deepEqual(await notes.sent(), [])
})
