import { sql } from 'kysely'
import { openDatabase, type Tx } from './database.ts'
import { serviceNamed } from './identity.ts'
import type { Standing } from './standing.ts'

interface Rows {
  readonly rows: readonly object[]
  /** The columns and their types, as a column list of SQL: `id uuid, at timestamptz`. */
  readonly as: string
}

/** Rows by the hundred in one statement. */
export async function insertAll<T>(
  tx: Tx<T>,
  table: keyof T & string,
  { rows, as }: Rows,
): Promise<void> {
  if (rows.length === 0) return
  const columns = as.split(',').map((each) => each.trim().split(' ')[0] ?? '')
  const names = sql.join(columns.map((name) => sql.ref(name)))
  await sql`insert into ${sql.table(table)} (${names}) select ${names}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row(${sql.raw(as)})`.execute(tx)
}

interface Filling<T, Row> {
  /** Whose rows these are. */
  readonly subgraph: string
  readonly databaseUrl: string
  readonly batches: AsyncIterable<readonly Row[]>
  /** By the first of them. */
  isThere(tx: Tx<T>, first: Row): Promise<boolean>
  write(tx: Tx<T>, batch: readonly Row[]): Promise<void>
  /** When all are there. */
  finish?(tx: Tx<T>, count: number): Promise<void>
}

/**
 * What another system, or a generator, tells of the past, in one transaction: all of it or none. So
 * what was cut off is not there, and what is there is read to its end and not written again.
 */
export async function fillOnce<T, Row>(
  { subgraph, databaseUrl, batches, isThere, write, finish }: Filling<T, Row>,
  standing: Pick<Standing, 'clock' | 'keys' | 'log'>,
): Promise<void> {
  await using db = openDatabase<T>(databaseUrl, { ...standing, connections: 1 })
  await db.as(serviceNamed(subgraph), async (tx) => {
    let count = 0
    let isNew: boolean | null = null
    for await (const batch of batches) {
      const [first] = batch
      if (!first) continue
      isNew ??= !(await isThere(tx, first))
      if (isNew) await write(tx, batch)
      count += batch.length
    }
    if (isNew) await finish?.(tx, count)
  })
}
