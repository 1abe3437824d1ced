import assert from 'node:assert/strict'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import pg from 'pg'
import { backUp } from './backup.ts'
import { discard, openCluster } from './cluster.ts'
import { stateFolder } from './folder.ts'
import { restore } from './restore.ts'

const shop = `
  create schema orders;
  create table orders.event_sequences (aggregate text, aggregate_id text, last bigint);
  insert into orders.event_sequences values ('order', 'a', 7);
  create table orders.written (n integer primary key, padding text)`

async function pool(url: string, work: (run: pg.Pool['query']) => Promise<void>) {
  const clients = new pg.Pool({ connectionString: url, max: 2 })
  try {
    await work(clients.query.bind(clients))
  } finally {
    await clients.end()
  }
}

/** Two folders below one, and a shop in the first. */
async function shopIn(t: { after(then: () => Promise<void>): void }) {
  const base = mkdtempSync(path.join(stateFolder(process.env.SHOP_STATE_DIR), 'backup-'))
  chmodSync(base, 0o755)
  const [from, to] = [path.join(base, 'from'), path.join(base, 'to')]
  for (const each of [from, to, path.join(from, 'files')]) mkdirSync(each)
  t.after(async () => {
    for (const each of [from, to]) await discard(path.join(each, 'postgres'))
    rmSync(base, { recursive: true, force: true })
  })
  writeFileSync(path.join(from, 'files/picture'), 'bytes')
  const settings = { password: 'old', port: 55_600, durable: true }
  const cluster = await openCluster({ ...settings, folder: path.join(from, 'postgres') })
  await pool(cluster.url('postgres'), async (run) => {
    for (const name of ['ecommerce', 'ecommerce_ai', 'queue']) await run(`create database ${name}`)
  })
  await pool(cluster.url('ecommerce'), async (run) => void (await run(shop)))
  return { cluster, from, to, file: path.join(base, 'shop.tar.gz') }
}

test('a backup under load is of one point, and what is restored has all of it and no queue', async (t) => {
  const { cluster, from, to, file } = await shopIn(t)
  let [written, isOver, before, after] = [0, false, 0, 0]
  await pool(cluster.url('ecommerce'), async (run) => {
    const writing = (async () => {
      while (!isOver) {
        await run('insert into orders.written values ($1, $2)', [written + 1, 'x'.repeat(2000)])
        written += 1
      }
    })()
    while (written < 500) await new Promise(setImmediate)
    before = written
    await backUp({ url: cluster.url('postgres'), state: from, target: file })
    after = written
    isOver = true
    await writing
  })
  await cluster[Symbol.asyncDispose]()

  await restore({ file, state: to, password: 'old' })

  const folder = path.join(to, 'postgres')
  await using restored = await openCluster({ folder, password: 'old', port: 55_600, durable: true })
  await pool(restored.url('ecommerce'), async (run) => {
    const { rows } = await run(
      'select count(*)::integer as count, max(n) as last from orders.written',
    )
    const { count, last } = rows[0]
    assert.equal(count, last)
    assert.ok(count >= before && count <= after, `${before} <= ${count} <= ${after}`)
    const sequences = await run('select last::text from orders.event_sequences')
    assert.deepEqual(sequences.rows, [{ last: '1000000000' }])
    const queues = await run(`select datname from pg_database where datname = 'queue'`)
    assert.deepEqual(queues.rows, [])
  })
  assert.ok(existsSync(path.join(to, 'files/picture')))
})

test('over a shop, or with another secret, nothing is restored', async (t) => {
  const { cluster, from, to, file } = await shopIn(t)
  await backUp({ url: cluster.url('postgres'), state: from, target: file })
  await cluster[Symbol.asyncDispose]()

  await assert.rejects(restore({ file, state: from, password: 'old' }), /has a shop/)
  await assert.rejects(restore({ file, state: to, password: 'new' }), /secret is not that/)
  assert.equal(existsSync(path.join(to, 'postgres')), false)
})
