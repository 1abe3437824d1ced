import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import { discard, openCluster } from './cluster.ts'
import { stateFolder } from './folder.ts'

async function rowsAt(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  try {
    await client.connect()
    return (await client.query(statement)).rows
  } finally {
    await client.end().catch(() => {})
  }
}

/** As somebody who tries until it works. */
async function insisted(url: string, statement: string): Promise<unknown[]> {
  for (let waited = 0; ; waited += 100) {
    const rows = await rowsAt(url, statement).catch((fault) => {
      if (waited > 20_000) throw fault
      return null
    })
    if (rows) return rows
    await setTimeout(100)
  }
}

test('a PostgreSQL that is killed is there again, with what was committed, until it is closed', async (t) => {
  const folder = path.join(stateFolder(process.env.SHOP_STATE_DIR), `kept-${process.pid}`)
  t.after(() => discard(folder))
  const pidOf = () =>
    Number(readFileSync(path.join(folder, 'postmaster.pid'), 'utf8').split('\n')[0])
  const cluster = await openCluster({ folder, password: 'x', port: 55_400, durable: true })
  const url = cluster.url('postgres')
  await rowsAt(url, 'create table kept (n integer)')

  for (const n of [1, 2]) {
    await insisted(url, `insert into kept values (${n})`)
    process.kill(pidOf(), 'SIGKILL')
  }
  const rows = await insisted(url, 'select n from kept order by n')
  await cluster[Symbol.asyncDispose]()
  await setTimeout(500)

  assert.deepEqual(rows, [{ n: 1 }, { n: 2 }])
  await assert.rejects(rowsAt(url, 'select 1'), { code: 'ENOENT' })
})
