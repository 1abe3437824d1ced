import pg from 'pg'
import { answering } from './answering.ts'
import type { Answer } from './call.ts'
import { Unavailable } from './errors.ts'
import { type Identity, nobody, userNamed } from './identity.ts'
import { newId } from './ids.ts'
import { inboxOf } from './inbox.ts'
import { keysFrom } from './keys.ts'
import { localLimits } from './limits.ts'
import { localLive } from './live.ts'
import type { Log } from './log.ts'
import { hashOf, migrate } from './migrations.ts'
import type { Queues } from './queues.ts'
import type { Standing } from './standing.ts'
import type { Subgraph } from './subgraph.ts'

const cluster = () => new URL(process.env.SHOP_TEST_CLUSTER ?? '')

export interface AskedAs {
  /** The id of a user, an identity, or nobody. */
  as?: string | Identity | null
  query: string
  variables?: Record<string, unknown>
}

export interface Told extends Answer {
  readonly codes: readonly unknown[]
  /** What the shop would have logged. */
  readonly faults: readonly unknown[]
}

/** Asks a subgraph as the gateway would, and gives the codes of its errors beside the answer. */
export async function ask(
  subgraph: Subgraph,
  { as = null, query, variables = {} }: AskedAs,
): Promise<Told> {
  const identity = typeof as === 'string' ? userNamed(as) : (as ?? nobody)
  const faults: unknown[] = []
  const { answer } = answering({ ...subgraph, log: silent(faults) })
  const told = JSON.parse(await answer({ document: query, variables, identity })) as Answer
  // A fault that no test expects is what its reader has to see.
  for (const fault of faults) process.stderr.write(`${(fault as Error).stack ?? fault}\n`)
  return { ...told, faults, codes: (told.errors ?? []).map(({ extensions }) => extensions?.code) }
}

/** Lets a subgraph hear an event of another, as if nothing of its aggregate had come before. */
export async function hear(
  { place, listeners }: Subgraph,
  { id = newId(), name, aggregateId = newId(), data }: Heard,
): Promise<void> {
  const envelope = { version: 1, aggregate: 'test', sequence: 1, actor: 'test', traceparent: null }
  const event = { ...envelope, id, name, aggregateId, data, occurredAt: new Date().toISOString() }
  const { failed } = await inboxOf(place, listeners, silent([])).take([{ event, after: 0 }], false)
  if (failed.length > 0) throw new Error(`${name} was not taken in.`)
}

interface Heard {
  id?: string
  name: string
  aggregateId?: string
  data: unknown
}

/** What whoever runs a test by hand asks of it beside; undefined where nobody does. */
export const wish = (name: string): string | undefined => process.env[name]

/** Whether `SHOP_REQUIRE` names this: then a test that needs it may not leave it out. */
export const isRequired = (tool: string): boolean =>
  (wish('SHOP_REQUIRE') ?? '').split(',').includes(tool)

/** The address of a database on the test cluster; as the superuser, unless a role is named. */
export const at = (database: string, role?: string): string => {
  const url = cluster()
  url.pathname = database
  if (role) [url.username, url.password] = [role, role]
  return url.href
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

export interface TestDatabase extends AsyncDisposable {
  /** As the runtime role. */
  readonly url: string
  readonly name: string
  /** As the superuser, in the subgraph's schema. */
  run(statement: string, values?: unknown[]): Promise<Record<string, unknown>[]>
}

/** A database of its own, from a template that is migrated once for all who have the same migrations. */
export async function freshDatabase(name: string, migrations: URL): Promise<TestDatabase> {
  const template = `${name}_${await hashOf(migrations)}`
  const database = `t_${newId().replaceAll('-', '')}`
  await using admin = await connected('postgres')
  await admin.client.query('select pg_advisory_lock(1)')
  await makeTemplate(admin.client, { name, template, migrations })
  await admin.client.query(`create database ${database} template ${template} strategy file_copy`)
  await admin.client.query('select pg_advisory_unlock(1)')
  return {
    url: at(database, name),
    name: database,
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
  // One that was being made when its test was killed is made again.
  await admin.query(`drop database if exists making_${template} with (force)`)
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
  work: () => Promise.reject(new Error('The queues of this test stand still.')),
  add: async () => {},
  [Symbol.asyncDispose]: async () => {},
}

/** Keeps what goes wrong. */
export function silent(faults: unknown[]): Log {
  const log: Log = {
    error: (message, fault) => faults.push(fault ?? message),
    warn: () => {},
    info: () => {},
    with: () => log,
  }
  return log
}

/** A clock that stands, until `wait` moves it on. */
export function clockAt(now: Date) {
  const time = { now }
  return {
    now: () => time.now,
    wait(ms: number) {
      time.now = new Date(time.now.getTime() + ms)
    },
  }
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
    log: silent(faults),
    queues: noQueues,
    live: localLive(),
    limits: localLimits({ now: () => now }),
    ask: () => () => Promise.reject(new Unavailable('This test has no router to ask.')),
    faults,
    statements,
    barrier: (statement) => {
      statements.push(statement)
      return wait(statement)
    },
    [Symbol.asyncDispose]: async () => {},
  }
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
