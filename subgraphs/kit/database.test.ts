import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import { openDatabase, prepared, type Tx } from './database.ts'
import { until } from './deadline.ts'
import { guestNamed, nobody, serviceNamed, userNamed } from './identity.ts'
import { newId } from './ids.ts'
import { isLost } from './lost.ts'
import { type Connection, type Page, readCursor, writeCursor } from './pagination.ts'
import { notebook, type Tables } from './test/notes.ts'
import { standingAt } from './testing.ts'

const [ada, ben] = [userNamed('ada'), userNamed('ben')]

async function withSecrets() {
  const book = await notebook()
  for (const owner of ['user:ada', 'user:ada', 'guest:gus']) {
    await book.database.run('insert into secrets values ($1, $2, $3)', [newId(), owner, 'x'])
  }
  return book
}

test('rows are seen by their owner, and by a service only when it acts for them', async () => {
  await using book = await withSecrets()
  const seen = (who: typeof ada) =>
    book.db.as(who, async (tx) => (await tx.selectFrom('secrets').select('id').execute()).length)

  const counts = [
    await seen(ada),
    await seen(ben),
    await seen(guestNamed('gus')),
    await seen(nobody),
    await seen({ ...serviceNamed('orders'), actsFor: 'user:ada' }),
  ]

  assert.deepEqual(counts, [2, 0, 1, 0, 2])
})

test('who asked before is forgotten by the connection, also when a statement failed', async () => {
  await using book = await withSecrets()
  await using db = openDatabase<Tables>(book.database.url, { ...book.standing, connections: 1 })
  const leak = () => db.selectFrom('secrets').select('id').execute()

  await db.as(ada, (tx) => tx.selectFrom('secrets').select('id').execute())
  await assert.rejects(db.as(ada, (tx) => sql`select 1 / 0`.execute(tx)))

  assert.deepEqual(await leak(), [])
})

test('reads of one tick share a transaction; a later one has its own', async () => {
  await using book = await notebook()
  const standing = standingAt(new Date())
  await using db = openDatabase<Tables>(book.database.url, standing)
  const read = () => db.see(ada, (tx) => tx.selectFrom('secrets').select('id').execute())

  await Promise.all([read(), read(), read()])
  const together = standing.statements.length
  await read()

  // begin, three reads, commit; and begin, one, commit.
  assert.deepEqual([together, standing.statements.length], [5, 8])
})

test('a statement is ended by the server when the time of its request is over', async () => {
  await using book = await notebook()
  const slow = () => book.db.as(ada, (tx) => sql`select pg_sleep(30)`.execute(tx))

  await assert.rejects(until(Date.now() + 200, slow), /too long/)

  // The one connection is free again at once.
  const began = performance.now()
  await Promise.all(
    Array.from({ length: 8 }, () => book.db.as(ada, (tx) => sql`select 1`.execute(tx))),
  )
  assert.ok(performance.now() - began < 5000)
})

test('pages follow one another without a gap, in every order, with ties', async () => {
  await using book = await notebook()
  const standing = standingAt(new Date())
  await using db = openDatabase<Tables>(book.database.url, standing)
  await book.database.run(`insert into secrets
    select gen_random_uuid(), 'user:ada', chr(97 + n % 3) from generate_series(1, 25) n`)
  const sort = { name: 'text', by: sql`text`, type: 'text' } as const

  for (const descending of [false, true]) {
    const pages: Connection<{ id: string }>[] = []
    let after: string | null = null
    do {
      const page: Page = { first: 7, after }
      const next: Connection<{ id: string }> = await db.as(ada, (tx) =>
        db.page(tx.selectFrom('secrets').select('id'), { page, sort: { ...sort, descending } }),
      )
      pages.push(next)
      after = next.pageInfo.hasNextPage ? next.pageInfo.endCursor : null
    } while (after)

    const ids = pages.flatMap(({ nodes }) => nodes.map(({ id }) => id))
    const direction = descending ? 'desc' : 'asc'
    const all = await book.database.run(
      `select id from secrets order by text ${direction}, id ${direction}`,
    )
    assert.deepEqual(
      ids,
      all.map(({ id }) => id),
    )
  }
})

test('a cursor that was not made here, or for another order, is refused', () => {
  const key = Buffer.alloc(32, 1)
  const cursor = writeCursor(key, ['name', 'mug', 'id'])
  const bytes = Buffer.from(cursor, 'base64url')
  bytes[20] = (bytes[20] ?? 0) ^ 1

  assert.deepEqual(readCursor(key, cursor), ['name', 'mug', 'id'])
  for (const forged of ['', 'x', bytes.toString('base64url'), cursor.slice(4)]) {
    assert.throws(() => readCursor(key, forged), { code: 'INVALID_CURSOR' })
  }
  assert.throws(() => readCursor(Buffer.alloc(32, 2), cursor), { code: 'INVALID_CURSOR' })
})

test('the last word travels with the commit: it is kept with the rest, or nothing is', async () => {
  await using book = await notebook()
  const standing = standingAt(new Date())
  await using db = openDatabase<Tables>(book.database.url, standing)
  const note = (tx: Parameters<Parameters<typeof db.as>[1]>[0]) =>
    sql<{ id: string }>`insert into notes (event_id, aggregate_id, sequence)
      values (uuidv7(), 'a', 1) returning event_id as id ${prepared}`.execute(tx)
  const lastly = ({ rows }: Awaited<ReturnType<typeof note>>) =>
    `update notes set sequence = 2 where event_id = '${rows[0]?.id}';`

  await db.as(ada, note, lastly)
  await db.as(ada, note)
  const statements = standing.statements.length
  await assert.rejects(db.as(ada, note, () => 'select 1 / 0;'))
  const within = await db.as(ada, (tx) => db.joining(tx).as(ada, note, lastly))

  assert.equal(statements, 6)
  assert.equal(within.rows.length, 1)
  assert.deepEqual(await book.notes(), ['a 2', 'a 1', 'a 2'])
})

test('a transaction of one statement is one trip, for this caller, all of it or nothing', async () => {
  await using book = await withSecrets()
  await using db = openDatabase<Tables>(book.database.url, { ...book.standing, connections: 1 })
  const own = (who: typeof ada) =>
    db.one(who, async (tx) => (await tx.selectFrom('secrets').select('id').execute()).length)
  const note = (times: number) =>
    db.one(ada, (tx) =>
      sql`insert into notes (event_id, aggregate_id, sequence)
        select uuidv7(), 'a', 1 / ${times}::integer`.execute(tx),
    )

  const counts = [await own(ada), await own(ben)]
  await note(1)
  await assert.rejects(note(0), { code: '22012' })
  await assert.rejects(
    db.one(ada, () => Promise.reject(new Error('Before it asked.'))),
    /Before/,
  )

  assert.deepEqual(counts, [2, 0])
  assert.deepEqual(await book.notes(), ['a 1'])
  assert.deepEqual(await db.selectFrom('secrets').select('id').execute(), [])
})

test('who asks waits five seconds for a connection and is told to come again; what works waits on', async () => {
  await using book = await withSecrets()
  await using db = openDatabase<Tables>(book.database.url, { ...book.standing, connections: 1 })
  const free = Promise.withResolvers<void>()
  const busy = db.as(nobody, () => free.promise)

  const asking = until(Date.now() + 60_000, () => db.as(nobody, async () => {}))
  const working = db.as(nobody, async () => 'done later')
  await assert.rejects(asking, { code: 'UNAVAILABLE' })

  free.resolve()
  await busy
  assert.equal(await working, 'done later')
  assert.equal(await db.as(nobody, async () => 'served'), 'served')
})

/** Ends the connection of who asks, as a server that is shut down does. */
async function lose({ database }: Awaited<ReturnType<typeof notebook>>, tx: Tx<Tables>) {
  const { rows } = await pidOf.execute(tx)
  await database.run('select pg_terminate_backend($1)', [rows[0]?.pid])
  await setTimeout(100)
}

const pidOf = sql<{ pid: number }>`select pg_backend_pid() as pid`

test('a connection that is taken away between two statements fails its transaction, and nothing else', async () => {
  await using book = await notebook()
  await using db = openDatabase<Tables>(book.database.url, { ...book.standing, connections: 1 })

  const cut = db.as(ada, async (tx) => {
    await lose(book, tx)
    await pidOf.execute(tx)
  })

  await assert.rejects(cut, isLost)
  assert.equal((await db.alone(pidOf)).length, 1)
})

test('of a commit whose answer is lost it is said that it may have happened', async () => {
  await using book = await notebook()
  await using db = openDatabase<Tables>(book.database.url, { ...book.standing, connections: 1 })

  const committing = db.as(ada, (tx) => lose(book, tx))
  await assert.rejects(committing, { code: 'UNKNOWN_OUTCOME' })
  const alone = db.one(ada, (tx) => sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx))
  await assert.rejects(alone, { code: 'UNKNOWN_OUTCOME' })
  await setTimeout(100)

  assert.equal((await db.alone(pidOf)).length, 1)
})

test('while PostgreSQL is away, nothing was done, and who asks is told so', async () => {
  const { log } = standingAt(new Date())
  await using db = openDatabase('postgres://127.0.0.1:1/none', {
    keys: () => Buffer.alloc(32),
    log,
  })

  await assert.rejects(db.alone(pidOf), { code: 'UNAVAILABLE' })
  await assert.rejects(
    db.as(nobody, (tx) => pidOf.execute(tx)),
    { code: 'UNAVAILABLE' },
  )
})
