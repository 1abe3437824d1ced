import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import { z } from 'zod'
import { newId } from './ids.ts'
import { defineJob } from './jobs.ts'
import { type Queues, queuesOn } from './queues.ts'
import { notebook } from './test/notes.ts'
import { redisServer } from './test/redis.ts'
import { queueDatabase, silent } from './testing.ts'
import type { QueueStore } from './workshop.ts'

type Store = AsyncDisposable & { store: QueueStore; lose(): Promise<void> }

const stores: Record<string, (t: TestContext) => Promise<Store | null>> = {
  PostgreSQL: async () => {
    const [postgres, schema] = [await queueDatabase(), `q${newId().replaceAll('-', '')}`]
    return {
      store: { postgres, schema },
      async lose() {
        const client = new pg.Client({ connectionString: postgres })
        await client.connect()
        // Workers are at their tables: who is chosen to end a deadlock may be we.
        await client.query(`do $$ begin loop begin
          drop schema if exists ${schema} cascade; exit;
          exception when deadlock_detected then null; end; end loop; end $$`)
        await client.end()
      },
      async [Symbol.asyncDispose]() {},
    }
  },
  Redis: async (t) => {
    const server = await redisServer(t)
    if (!server) return null
    return {
      store: { redis: server.url, prefix: 'shop' },
      async lose() {
        await server.kill()
        await server.start()
      },
      [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
    }
  },
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let waited = 0; !(await isSo()); waited += 20) {
    if (waited > 20_000) throw new Error('It never became so.')
    await setTimeout(20)
  }
}

const openQueues = (store: QueueStore): Queues =>
  queuesOn({ store, routes: { 'kit.noted': ['kit'] }, log: silent([]), relayMs: 50 })

const ticking = (run: () => void) =>
  defineJob({
    name: 'kit.tick',
    everyMs: 100,
    payload: z.object({}),
    run: async () => run(),
  }).with({})

for (const [name, open] of Object.entries(stores)) {
  test(`${name}: an event is taken in and acknowledged, and jobs run, once for an id`, async (t) => {
    await using at = await open(t)
    if (!at) return
    await using book = await notebook()
    const ran: string[] = []
    const greet = defineJob({
      name: 'kit.greet',
      payload: z.object({ whom: z.string() }),
      run: async (_: object, { whom }) => void ran.push(whom),
    }).with({})
    const tick = ticking(() => void ran.push('tick'))
    await using queues = openQueues(at.store)
    const { place, listeners } = book
    await using working = await queues.work({ name: 'kit', jobs: [greet, tick], listeners, place })

    await book.note('a', 3)
    working.nudge()
    await queues.add({ name: 'kit.greet', payload: { whom: 'ada' }, id: 'greet-ada' })
    await queues.add({ name: 'kit.greet', payload: { whom: 'ada' }, id: 'greet-ada' })
    await until(async () => (await book.notes()).length === 3 && ran.includes('ada'))
    await until(() => ran.filter((each) => each === 'tick').length > 1)
    await until(async () => (await book.database.run('select from deliveries')).length === 0)

    assert.deepEqual(await book.notes(), ['a 1', 'a 2', 'a 3'])
    assert.deepEqual(
      ran.filter((each) => each !== 'tick'),
      ['ada'],
    )
  })

  test(`${name}: all that the queues held is lost, and nobody is started anew: events and jobs go on`, async (t) => {
    await using at = await open(t)
    if (!at) return
    await using book = await notebook()
    let ticks = 0
    const tick = ticking(() => {
      ticks += 1
    })
    await using queues = openQueues(at.store)
    const { place, listeners } = book
    await using working = await queues.work({ name: 'kit', jobs: [tick], listeners, place })
    await book.note('a')
    working.nudge()
    await until(() => ticks > 0)

    await at.lose()
    await book.note('a', 2)
    const before = ticks
    await until(async () => (await book.database.run('select from deliveries')).length === 0)
    await until(() => ticks > before + 2)

    assert.deepEqual(await book.notes(), ['a 1', 'a 2', 'a 3'])
  })

  test(`${name}: what is repeated goes on when a clock that was ten minutes ahead is set back`, async (t) => {
    await using at = await open(t)
    if (!at) return
    await using book = await notebook()
    let ticks = 0
    const tick = ticking(() => {
      ticks += 1
    })
    const real = Date.now
    const ahead = t.mock.method(Date, 'now', () => real() + 600_000)
    await using queues = openQueues(at.store)
    const { place, listeners } = book
    await using _ = await queues.work({ name: 'kit', jobs: [tick], listeners, place })
    await until(() => ticks > 1)

    ahead.mock.restore()
    const before = ticks

    // Within a look at what is kept, and not in ten minutes.
    await until(() => ticks > before + 5)
  })
}
