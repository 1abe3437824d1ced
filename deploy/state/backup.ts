import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  cpSync,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import pg from 'pg'

export interface BackedUp {
  readonly bytes: number
  /** Where in PostgreSQL's log the point lies that a restored shop stands at. */
  readonly position: string
}

interface Wanted {
  /** Of the superuser of the running cluster. */
  readonly url: string
  readonly state: string
  readonly target: string
}

/** What a server makes anew when it starts, and the log, of which only the needed part is taken. */
const leftOut = [
  ...['postmaster.pid', 'postmaster.opts', 'pg_wal/*', 'pg_replslot/*', 'pg_dynshmem/*'],
  ...['pg_notify/*', 'pg_serial/*', 'pg_snapshots/*', 'pg_stat_tmp/*', 'pg_subtrans/*'],
]

/**
 * One backup of the whole cluster at one point, and of the files, while the shop goes on. The
 * embedded server ships no pg_basebackup: this is the same by hand, over its functions. Of the
 * secret nothing is taken: whoever restores has to have kept it.
 */
export async function backUp({ url, state, target }: Wanted): Promise<BackedUp> {
  const making = mkdtempSync(path.join(path.dirname(path.resolve(target)), '.backup-'))
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const archive = path.join(making, 'shop.tar')
    // Held for this session alone: the log that is written meanwhile is not taken away.
    await client.query(`select pg_create_physical_replication_slot($1, true, true)`, [
      `backup_${process.pid}`,
    ])
    const first = await one(
      client,
      `select pg_walfile_name(pg_backup_start('shopgraph', true)) as name`,
    )
    const patterns = leftOut.map((each) => `--exclude=postgres/${each}`)
    await tar(['--create', `--file=${archive}`, `--directory=${state}`, ...patterns, 'postgres'])
    const label = await one(
      client,
      'select lsn::text as position, labelfile, pg_walfile_name(lsn) as name from pg_backup_stop(false)',
    )
    const rest = path.join(making, 'rest')
    const log = { first: first.name ?? '', last: label.name ?? '' }
    // By their names, not their folders: what is a folder there keeps its mode.
    const names = takeRest({ state, rest, ...log, label: label.labelfile ?? '' })
    await tar(['--append', `--file=${archive}`, `--directory=${rest}`, ...names])
    // After the tables, so that what they name is there: a file is never changed.
    if (existsSync(path.join(state, 'files'))) {
      await tar(['--append', `--file=${archive}`, `--directory=${state}`, 'files'])
    }
    await pipeline(
      createReadStream(archive),
      createGzip({ level: 1 }),
      createWriteStream(path.join(making, 'shop.tar.gz')),
    )
    renameSync(path.join(making, 'shop.tar.gz'), target)
    return { bytes: statSync(target).size, position: label.position ?? '' }
  } finally {
    await client.end()
    rmSync(making, { recursive: true, force: true })
  }
}

async function one(client: pg.Client, statement: string): Promise<Record<string, string>> {
  const { rows } = await client.query(statement)
  return rows[0] ?? {}
}

interface Rest {
  readonly state: string
  readonly rest: string
  readonly first: string
  readonly last: string
  readonly label: string
}

/** The label that recovery begins at, and the log from there to the end of the backup. */
function takeRest({ state, rest, first, last, label }: Rest): string[] {
  const [from, to] = [path.join(state, 'postgres/pg_wal'), path.join(rest, 'postgres/pg_wal')]
  mkdirSync(to, { recursive: true })
  writeFileSync(path.join(rest, 'postgres/backup_label'), label)
  const names = readdirSync(from).filter((name) => /^[0-9A-F]{24}$/.test(name))
  const wanted = names.filter((name) => name >= first && name <= last)
  for (const name of wanted) cpSync(path.join(from, name), path.join(to, name))
  return ['postgres/backup_label', ...wanted.map((name) => `postgres/pg_wal/${name}`)]
}

/** A file that changes or goes while it is read is what the log is for: GNU tar then says 1. */
export async function tar(words: readonly string[]): Promise<void> {
  const child = spawn('tar', [...words], { stdio: ['ignore', 'ignore', 'pipe'] })
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'close')])
  if (code > 1) throw new Error(`tar: ${said.trim().split('\n').at(-1)}`)
}
