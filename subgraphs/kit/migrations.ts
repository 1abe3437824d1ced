import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { kitTables } from './tables.ts'

/**
 * Applies what is missing, as the owner; then the runtime role may use the tables, not change them.
 * To one whose comment is `append-only` it may add rows and nothing else.
 */
export async function migrate(url: string, folder: URL, runtimeRole: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: url, max: 1 })
  await using db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  await db.connection().execute(async (connection) => {
    // Two that migrate at once: the second waits, and finds nothing to do.
    await sql`select pg_advisory_lock(hashtext('migrate'))`.execute(connection)
    for (const [name, up] of await migrationsIn(folder)) await apply(connection, name, up)
    await sql
      .raw(`grant select, insert, update, delete on all tables in schema ${runtimeRole}
        to ${runtimeRole}; grant usage on all sequences in schema ${runtimeRole} to ${runtimeRole}`)
      .execute(connection)
    await closeAppendOnly(connection, runtimeRole)
  })
}

async function closeAppendOnly(db: Kysely<unknown>, runtimeRole: string): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select quote_ident(relname) as name from pg_class
    where relkind = 'r' and relnamespace = ${runtimeRole}::regnamespace
      and obj_description(oid, 'pg_class') = 'append-only'`.execute(db)
  for (const { name } of rows) {
    const closed = `revoke update, delete, truncate on ${runtimeRole}.${name} from ${runtimeRole}`
    await sql.raw(closed).execute(db)
  }
}

type Up = (on: Kysely<unknown>) => Promise<unknown>

/** Kit's own come first; they are numbered as every subgraph's are. */
async function migrationsIn(folder: URL): Promise<[name: string, up: Up][]> {
  const own = (await namesIn(folder)).map(async (name): Promise<[string, Up]> => {
    const { up } = (await import(new URL(name, folder).href)) as { up: Up }
    return [name, up]
  })
  const kits = kitTables.map(([name, text]): [string, Up] => [
    name,
    (on) => sql.raw(text).execute(on),
  ])
  return [...kits, ...(await Promise.all(own))]
}

async function apply(db: Kysely<unknown>, name: string, up: Up): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`create table if not exists migrations (name text primary key,
      at timestamptz not null default now())`.execute(tx)
    const { rows } = await sql`insert into migrations (name) values (${name})
      on conflict do nothing returning name`.execute(tx)
    if (rows.length > 0) await up(tx)
  })
}

const namesIn = async (folder: URL) =>
  (await readdir(folder)).filter((name) => name.endsWith('.ts')).toSorted()

/** Whether the schema is at least as new as this code; a schema that is newer will do. */
export async function isMigrated<T>(db: Kysely<T>, folder: URL): Promise<boolean> {
  const { rows } = await sql<{ name: string }>`select name from migrations`.execute(db)
  const done = new Set(rows.map(({ name }) => name))
  const wanted = [...kitTables.map(([name]) => name), ...(await namesIn(folder))]
  return wanted.every((name) => done.has(name))
}

/** Names a template database: other migrations, another hash. */
export async function hashOf(folder: URL): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(kitTables))
  for (const name of await namesIn(folder)) hash.update(await readFile(new URL(name, folder)))
  return hash.digest('hex').slice(0, 12)
}
