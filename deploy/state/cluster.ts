import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import { isRoot } from './folder.ts'
import { freePort } from './port.ts'
import {
  binariesFor,
  hasSocket,
  initialise,
  launch,
  leftRunning,
  type Making,
  postgresUser,
  removeUnfinished,
} from './postgres.ts'

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

/** Starts the embedded PostgreSQL, or takes over the one that a killed run left behind. */
export async function openCluster(settings: ClusterSettings): Promise<Cluster> {
  const { folder, password, durable } = settings
  const owner = isRoot ? postgresUser() : null
  const binaries = binariesFor(folder)
  const starting = (port: number) => start({ folder, binaries, owner, port, durable }, password)
  const left = leftRunning(folder)
  if (left && (await isTakenOver({ ...left, folder }, password)))
    return clusterOn(left, settings, starting)

  mkdirSync(path.dirname(folder), { recursive: true })
  if (!existsSync(path.join(folder, 'PG_VERSION')))
    initialise({ folder, binaries, owner, password })
  const port = await freePort(settings.port)
  return clusterOn({ pid: await starting(port), port }, settings, starting)
}

interface Place {
  readonly pid: number
  readonly port: number
}

function clusterOn(
  { pid, port }: Place,
  { password, durable, folder }: ClusterSettings,
  started: (port: number) => Promise<number>,
): Cluster {
  // Without fsync there is nothing to come back to.
  const kept = durable ? keptAlive(pid, () => started(port), folder) : { end: () => stop(pid) }
  return { port, url: urlOf({ folder, port }, password), [Symbol.asyncDispose]: kept.end }
}

/** Started again when it ends, whatever ended it: what was committed is there. */
function keptAlive(first: number, started: () => Promise<number>, folder: string) {
  let [pid, isOver] = [first, false]
  let starting: Promise<void> | undefined

  async function startAgain(): Promise<void> {
    process.stderr.write('PostgreSQL ended and is started again\n')
    try {
      pid = await started()
    } catch (fault) {
      // A full disk, say: it is tried until somebody has made room.
      process.stderr.write(`${(fault as Error).message}\n`)
      await setTimeout(2000, null, { ref: false })
    }
  }

  const look = setInterval(() => {
    if (isOver || starting || !isGone(pid)) return
    // Somebody else may have been faster: whoever opened this folder meanwhile.
    pid = leftRunning(folder)?.pid ?? pid
    if (isGone(pid)) {
      starting = startAgain().finally(() => {
        starting = undefined
      })
    }
  }, 200).unref()

  return {
    async end(): Promise<void> {
      isOver = true
      clearInterval(look)
      await starting
      await stop(pid)
    },
  }
}

type Starting = Making & { port: number; durable: boolean }

/** The children of one that was killed hold its memory for a moment: until they are gone it does not start. */
async function start(starting: Starting, password: string): Promise<number> {
  for (let tries = 0; ; tries += 1) {
    const outcome = await started(starting, password)
    if (typeof outcome === 'number') return outcome
    const isHeld = /pre-existing shared memory|already exists/.test(outcome.message)
    if (tries === 100 || !isHeld) throw outcome
    await setTimeout(100)
  }
}

/** Its process, or why there is none. */
async function started(starting: Starting, password: string): Promise<number | Error> {
  const child = launch(starting)
  const pid = child.pid ?? 0
  try {
    await accepting(child, urlOf(starting, password)('postgres'), `${starting.folder}.log`)
    return pid
  } catch (fault) {
    if (pid) await stop(pid)
    return fault as Error
  }
}

/** False when it ended instead: the run that left it had told it to. */
async function isTakenOver({ folder, pid, port }: Place & Served, password: string) {
  const gone = new AbortController()
  const ended = (async () => {
    while (existsSync(`/proc/${pid}`)) await setTimeout(100, null, { signal: gone.signal })
    return false
  })()
  try {
    return await Promise.race([
      ended,
      answers(urlOf({ folder, port }, password)('postgres'), gone.signal),
    ])
  } finally {
    gone.abort()
    ended.catch(() => {})
  }
}

interface Served {
  readonly folder: string
  readonly port: number
}

/** By its socket where it has one. */
const urlOf =
  ({ folder, port }: Served, password: string) =>
  (database: string): string => {
    const url = `postgres://postgres:${password}@127.0.0.1:${port}/${database}`
    return hasSocket(folder, port) ? `${url}?${new URLSearchParams({ host: folder })}` : url
  }

/** The one that a running shop has open in this folder, if there is one: it is not this process's to stop. */
export function runningCluster(folder: string, password: string): Pick<Cluster, 'url'> | null {
  const left = leftRunning(folder)
  return left ? { url: urlOf({ folder, port: left.port }, password) } : null
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

/** Waits a moment for sessions that are just ending, then ends them; what was committed is kept. */
async function stop(pid: number): Promise<void> {
  const signals = { SIGTERM: 1000, SIGINT: 8000, SIGQUIT: 5000, SIGKILL: 5000 } as const
  for (const [signal, patienceMs] of Object.entries(signals)) {
    if (isGone(pid)) return
    process.kill(pid, signal)
    for (let waited = 0; waited < patienceMs && !isGone(pid); waited += 20) await setTimeout(20)
  }
}

/** Ended, or ended and not yet waited for by its parent. */
export function isGone(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')
  } catch {
    return true
  }
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
      // Not listening yet, still recovering from a crash, or just crashing.
      if (!isPassing(fault as Error & { code?: string })) throw fault
      await setTimeout(30)
    }
  }
  return false
}

const isPassing = ({ code = '', message }: Error & { code?: string }) =>
  ['ECONNREFUSED', 'ECONNRESET', 'ENOENT', '57P03'].includes(code) || /unexpectedly/.test(message)
