import { spawnSync } from 'node:child_process'
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
} from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import pg from 'pg'
import { tar } from './backup.ts'
import { type Cluster, openCluster } from './cluster.ts'
import { isRoot } from './folder.ts'
import { postgresUser } from './postgres.ts'

interface Wanted {
  readonly file: string
  readonly state: string
  /** Of the superuser, from the secret that the backed up shop had. */
  readonly password: string
}

/**
 * Into a state folder that has no shop yet. Queues are left empty, since whoever needs something of
 * them sends it again; events count on from a new epoch, so that a number given after the backup was
 * taken is never given to another event.
 */
export async function restore({ file, state, password }: Wanted): Promise<void> {
  if (existsSync(path.join(state, 'postgres'))) {
    throw new Error(`${state} has a shop. Restore into an empty folder: set SHOP_STATE_DIR to one.`)
  }
  const making = path.join(state, `.restoring-${process.pid}`)
  mkdirSync(making, { recursive: true })
  try {
    await unpack(file, making)
    await prepare(path.join(making, 'postgres'), password)
    for (const name of ['files', 'postgres'].filter((each) =>
      existsSync(path.join(making, each)),
    )) {
      rmSync(path.join(state, name), { recursive: true, force: true })
      renameSync(path.join(making, name), path.join(state, name))
    }
  } finally {
    rmSync(making, { recursive: true, force: true })
  }
}

/** Opened once, so that it is known to open, and closed again. */
async function prepare(folder: string, password: string): Promise<void> {
  await using cluster = await opened(folder, password)
  await query(cluster.url('postgres'), 'drop database if exists queue with (force)')
  for (const database of ['ecommerce', 'ecommerce_ai']) await raiseEpoch(cluster.url(database))
}

async function opened(folder: string, password: string): Promise<Cluster> {
  try {
    return await openCluster({ folder, password, port: 5433, durable: true })
  } catch (fault) {
    if ((fault as { code?: string }).code !== '28P01') throw fault
    throw new Error(
      'The secret is not that of the shop that was backed up: put its file `secret` into the state folder, or set SHOPGRAPH_SECRET.',
    )
  }
}

async function unpack(file: string, making: string): Promise<void> {
  const archive = path.join(making, 'shop.tar')
  await pipeline(createReadStream(file), createGunzip(), createWriteStream(archive))
  await tar(['--extract', `--file=${archive}`, `--directory=${making}`])
  rmSync(archive)
  if (!isRoot) return
  const { uid, gid } = postgresUser()
  spawnSync('chown', ['-R', `${uid}:${gid}`, path.join(making, 'postgres')])
}

/** A thousand million sequences to an epoch: more than one aggregate will ever have. */
const epoch = 1_000_000_000

async function raiseEpoch(url: string): Promise<void> {
  const rooms = await query(
    url,
    `select schemaname as name from pg_tables where tablename = 'event_sequences'`,
  )
  for (const { name } of rooms) {
    await query(url, `update ${name}.event_sequences set last = (last / ${epoch} + 1) * ${epoch}`)
  }
}

async function query(connectionString: string, statement: string) {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    return (await client.query<{ name: string }>(statement)).rows
  } finally {
    await client.end()
  }
}
