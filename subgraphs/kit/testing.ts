import pg from 'pg'
import { hashOf, migrate } from './database.ts'
import { type Identity, nobody, userNamed } from './identity.ts'
import { newId } from './ids.ts'
import { keysFrom } from './keys.ts'
import { type Answer, localLink } from './link.ts'
import type { Log } from './log.ts'
import type { Queues } from './queues.ts'
import type { Standing } from './standing.ts'
import type { Subgraph } from './subgraph.ts'

const cluster = () => new URL(process.env.SHOP_TEST_CLUSTER ?? '')

export interface Ask {
  as?: string | Identity | null
  query: string
  variables?: Record<string, unknown>
}

export interface Told extends Answer {
  readonly codes: readonly unknown[]
}

export async function ask(
  subgraph: Subgraph,
  { as = null, query, variables = {} }: Ask,
): Promise<Told> {
  const identity = typeof as === 'string' ? userNamed(as) : (as ?? nobody)
  const answer = await localLink(subgraph)({ document: query, variables, identity })
  return { ...answer, codes: (answer.errors ?? []).map(({ extensions }) => extensions?.code) }
}

export const at = (database: string, role?: string): string => {
  const url = cluster()
  url.pathname = database
  if (role) [url.username, url.password] = [role, role]
  return url.href
}

export interface TestDatabase extends AsyncDisposable {
  readonly url: string
  run(statement: string, values?: unknown[]): Promise<Record<string, unknown>[]>
}

/** The one of this cluster that BullMQ keeps its tables in, made when first asked for. */
export async function queueDatabase(): Promise<string> {
  await using admin = await connected('postgres')
  await admin.client.query('select pg_advisory_lock(1)')
  const { rowCount } = await admin.client.query("select from pg_database where datname = 'queue'")
  if (!rowCount) await admin.client.query('create database queue')
  await admin.client.query('select pg_advisory_unlock(1)')
  return at('queue')
}

/** A database of its own, from a template that is migrated once for all who have the same migrations. */
export async function freshDatabase(name: string, migrations: URL): Promise<TestDatabase> {
  const template = `${name}_${await hashOf(migrations)}`
  const database = `t_${newId().replaceAll('-', '')}`
  await using admin = await connected('postgres')
  await admin.client.query('select pg_advisory_lock(1)')
  await makeTemplate(admin.client, { name, template, migrations })
  await admin.client.query(`create database ${database} template ${template}`)
  await admin.client.query('select pg_advisory_unlock(1)')
  return {
    url: at(database, name),
    async run(statement, values) {
      await using here = await connected(database)
      await here.client.query(`set search_path to ${name}`)
      return (await here.client.query(statement, values)).rows
    },
    async [Symbol.asyncDispose]() {
      await using last = await connected('postgres')
      await last.client.query(`drop database ${database} with (force)`)
    },
  }
}

interface Template {
  name: string
  template: string
  migrations: URL
}

async function makeTemplate(admin: pg.Client, { name, template, migrations }: Template) {
  const { rowCount } = await admin.query('select from pg_database where datname = $1', [template])
  if (rowCount) return
  for (const role of [`${name}_owner`, name]) {
    await admin.query(
      `do $$ begin create role ${role} login password '${role}'; exception when duplicate_object then null; end $$`,
    )
    await admin.query(`alter role ${role} set search_path to ${name}`)
  }
  await admin.query(`create database making_${template}`)
  {
    await using there = await connected(`making_${template}`)
    await there.client.query(`create schema ${name} authorization ${name}_owner`)
    await there.client.query(`grant usage on schema ${name} to ${name}`)
  }
  await migrate(at(`making_${template}`, `${name}_owner`), migrations, name)
  await admin.query(`alter database making_${template} rename to ${template}`)
}

async function connected(database: string) {
  const client = new pg.Client({ connectionString: at(database) })
  await client.connect()
  return { client, [Symbol.asyncDispose]: () => client.end() }
}

const noQueues: Queues = {
  work: async () => new AsyncDisposableStack(),
  add: async () => {},
}

export interface Meeting {
  at: string
  of: number
}

/** A process that stands still: its clock at `now`, its queues idle. `meeting` holds back a statement until so many are about to run it. */
export function standingAt(
  now: Date,
  meeting?: Meeting,
): Standing & { faults: unknown[]; statements: string[] } {
  const faults: unknown[] = []
  const statements: string[] = []
  const wait = meeting ? barrierAt(meeting) : async () => {}
  return {
    clock: { now: () => now },
    keys: keysFrom('test'),
    log: keepingFaults(faults),
    queues: noQueues,
    faults,
    statements,
    barrier: (statement) => {
      statements.push(statement)
      return wait(statement)
    },
    [Symbol.asyncDispose]: async () => {},
  }
}

function keepingFaults(faults: unknown[]): Log {
  const error = (_: string, fault?: unknown) => void faults.push(fault)
  return { error, warn: () => {}, info: () => {}, with: () => keepingFaults(faults) }
}

function barrierAt({ at: named, of }: Meeting) {
  const everyone = Promise.withResolvers<void>()
  let here = 0
  return async (statement: string) => {
    if (!statement.startsWith(named)) return
    here += 1
    if (here === of) everyone.resolve()
    await everyone.promise
  }
}
