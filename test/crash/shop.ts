import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { keysFrom } from '@shop/kit/keys'
import { discard } from '@shop/state/cluster'
import { root, stateFolder } from '@shop/state/folder'
import pg from 'pg'
import { descendantsOf, keptProcess } from '../faults/processes.ts'
import { portsOf } from '../ports.ts'

export type Topology = 'solo' | 'full'

export interface Victims extends AsyncDisposable {
  readonly topology: Topology
  readonly url: string
  /** Where everything of it lies, and its log. */
  readonly folder: string
  readonly log: string
  /** What a process is told to do at a point is written here: see kit's points. */
  readonly pointsFile: string
  /** Every part that can be killed, now. */
  names(): string[]
  pidOf(name: string): number | undefined
  signal(name: string, signal: NodeJS.Signals): void
  /** Redis without what it had kept. */
  emptyRedis(): void
  query(database: string, statement: string, values?: readonly unknown[]): Promise<Row[]>
  untilReady(patienceMs?: number): Promise<void>
}

type Row = Record<string, unknown>

interface Wanted {
  readonly products: number
  readonly env?: Readonly<Record<string, string>>
  /** Of Node, for every process. */
  readonly flags?: readonly string[]
}

/** A secret like any other: what is derived from it, the campaign derives too. */
export const secret = 'the secret of a campaign, which nobody else has'

export type Ports = Readonly<Record<string, string>>

/** Where the shop will listen: known before it is opened, so that others can be told. */
export async function placeFor(topology: Topology, name: string) {
  const folder = path.join(stateFolder(process.env.SHOP_STATE_DIR), name)
  mkdirSync(folder, { recursive: true })
  return { topology, folder, ports: await portsOf(topology) }
}

export type Place = Awaited<ReturnType<typeof placeFor>>

/** The shop as `npm start` opens it, in processes of its own: whatever ends is started again by it. */
export async function openVictims(
  { topology, folder, ports }: Place,
  wanted: Wanted,
): Promise<Victims & { keep(): void }> {
  const log = path.join(folder, 'shop.log')
  const pointsFile = path.join(folder, 'points')
  const kept = keptProcess({
    file: path.join(root, 'deploy/solo/index.ts'),
    args: ['--topology', topology, '--until', '2026-11-01', ...sizeOf(wanted.products)],
    flags: ['--max-semi-space-size=32', ...(wanted.flags ?? [])],
    env: {
      ...process.env,
      SHOP_STATE_DIR: folder,
      SHOPGRAPH_SECRET: secret,
      SHOP_POINTS_FILE: pointsFile,
      LOG_LEVEL: process.env.LOG_LEVEL ?? 'error',
      TRUSTED_PROXIES: '127.0.0.1',
      ...ports,
      ...wanted.env,
    },
    log,
  })
  let isKept = false
  const parts = partsOf({ topology, folder, pid: kept.pid })
  return {
    ...parts,
    topology,
    url: `http://127.0.0.1:${ports.GATEWAY_PORT}/graphql`,
    folder,
    log,
    pointsFile,
    emptyRedis() {
      rmSync(path.join(folder, 'redis'), { recursive: true, force: true })
      mkdirSync(path.join(folder, 'redis'), { recursive: true })
      parts.signal('redis', 'SIGKILL')
    },
    query: (database, statement, values) => asked(folder, { database, statement, values }),
    async untilReady(patienceMs = 120_000) {
      await ready(adminsIn(ports), patienceMs)
      await answering(folder, patienceMs)
    },
    keep: () => {
      isKept = true
    },
    async [Symbol.asyncDispose]() {
      await kept[Symbol.asyncDispose]()
      await discardLeft(folder, isKept)
    },
  }
}

const sizeOf = (products: number) =>
  products === 0 ? ['--demo', 'none'] : ['--scale', String(products)]

async function discardLeft(folder: string, isKept: boolean): Promise<void> {
  if (isKept) return
  await discard(path.join(folder, 'postgres'))
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}

/** A subgraph's admin port is its own and a thousand more. */
const adminsIn = (ports: Record<string, string>): number[] =>
  Object.entries(ports).flatMap(([name, port]) => {
    if (name === 'GATEWAY_ADMIN_PORT') return [Number(port)]
    return name.startsWith('GATEWAY') || name === 'FILES_PORT' ? [] : [Number(port) + 1000]
  })

async function ready(admins: readonly number[], patienceMs: number): Promise<void> {
  const until = Date.now() + patienceMs
  for (const port of admins) {
    while (!(await isReady(port))) {
      if (Date.now() > until) throw new Error(`What listens on ${port} did not become ready.`)
      await setTimeout(100)
    }
  }
}

/** A shop in one process is ready without its PostgreSQL: it starts another, and waits for it. */
async function answering(folder: string, patienceMs: number): Promise<void> {
  const until = Date.now() + patienceMs
  const isThere = () =>
    asked(folder, { database: 'postgres', statement: 'select', values: [] }).then(
      () => true,
      () => false,
    )
  while (!(await isThere())) {
    if (Date.now() > until) throw new Error('PostgreSQL did not come back.')
    await setTimeout(100)
  }
}

const isReady = (port: number) =>
  fetch(`http://127.0.0.1:${port}/health/ready`, { signal: AbortSignal.timeout(1000) }).then(
    ({ ok }) => ok,
    () => false,
  )

interface Opened {
  readonly topology: Topology
  readonly folder: string
  readonly pid: () => number | undefined
}

function partsOf({ topology, folder, pid }: Opened) {
  function parts(): Map<string, number> {
    const launcher = pid() ?? 0
    const own = topology === 'solo' ? [['shop', launcher] as const] : childrenOf(launcher)
    const postmaster = postmasterIn(folder)
    return new Map(postmaster ? [...own, ['postgres', postmaster] as const] : own)
  }

  return {
    names: () => [...parts().keys()],
    pidOf: (name: string) => parts().get(name),
    signal(name: string, signal: NodeJS.Signals) {
      const victim = parts().get(name)
      try {
        if (victim) process.kill(victim, signal)
      } catch {
        // It ended by itself in this moment.
      }
    },
  }
}

const childrenOf = (launcher: number) =>
  descendantsOf(launcher).flatMap(({ pid, parent, command }) => {
    const name = nameOf(command)
    return name && parent === launcher ? [[name, pid] as const] : []
  })

function nameOf(command: readonly string[]): string | null {
  const words = command.join(' ')
  const [, subgraph] = /subgraphs\/(\w+)\/index\.ts/.exec(words) ?? []
  if (subgraph) return subgraph
  if (words.includes('gateway/index.ts')) return 'gateway'
  if (words.includes('full/files.ts')) return 'files'
  return command[0]?.includes('redis-server') ? 'redis' : null
}

function postmasterIn(folder: string): number | null {
  const file = path.join(folder, 'postgres', 'postmaster.pid')
  if (!existsSync(file)) return null
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  return existsSync(`/proc/${pid}`) ? pid : null
}

interface Asked {
  readonly database: string
  readonly statement: string
  readonly values: readonly unknown[] | undefined
}

/** As the superuser, on a connection of its own: the server may have been another a moment ago. */
async function asked(folder: string, { database, statement, values = [] }: Asked) {
  const client = new pg.Client({ connectionString: superuserOf(folder, database) })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(statement, [...values])).rows as Row[]
  } finally {
    await client.end()
  }
}

export function superuserOf(folder: string, database: string): string {
  const password = keysFrom(secret)('database:postgres:1').toString('base64url')
  return `postgres://postgres:${password}@127.0.0.1:${postmasterPort(folder)}/${database}`
}

export const postmasterPort = (folder: string): number =>
  Number(readFileSync(path.join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[3])
