import { fillOnce } from '@shop/kit/bulk'
import { type Database, openDatabase } from '@shop/kit/database'
import { serviceNamed } from '@shop/kit/identity'
import type { Standing } from '@shop/kit/standing'
import { sql } from 'kysely'
import { hasSale, restocked, writePast } from './db/past-sales.ts'
import type { Tables } from './db/schema.ts'
import { putLevels, type Shelved } from './db/stock-statements.ts'
import type { PastSale } from './domain/past-sale.ts'
import type { Warehouse } from './domain/stock.ts'

export type { PastSale } from './domain/past-sale.ts'

interface Filling {
  readonly databaseUrl: string
  readonly warehouses: Iterable<Warehouse>
  readonly levels: Iterable<Shelved> | AsyncIterable<Shelved>
  /** Told after every batch. */
  readonly told?: (levels: number) => void
}

const batch = 5000

/** Sets what is on hand, five thousand levels a transaction. Done twice, it is so once. */
export async function fillInventory(
  { databaseUrl, warehouses, levels, told }: Filling,
  standing: Pick<Standing, 'clock' | 'keys' | 'log'>,
): Promise<number> {
  await using db = openDatabase<Tables>(databaseUrl, { ...standing, connections: 1 })
  await addWarehouses(db, [...warehouses])
  let count = 0
  let rows: Shelved[] = []
  const flush = async () => {
    await db.as(service, (tx) => putLevels(tx, rows, standing.clock.now()))
    count += rows.length
    rows = []
    told?.(count)
  }
  for await (const level of levels) {
    rows.push(level)
    if (rows.length === batch) await flush()
  }
  if (rows.length > 0) await flush()
  return count
}

const service = serviceNamed('inventory')

/** All of them, or none. What they took came in before, so that what was counted stays. */
export const fillSales = (
  batches: AsyncIterable<readonly PastSale[]>,
  { databaseUrl }: { readonly databaseUrl: string },
  standing: Pick<Standing, 'clock' | 'keys' | 'log'>,
): Promise<void> =>
  fillOnce<Tables, PastSale>(
    {
      ...{ subgraph: 'inventory', databaseUrl, batches, write: writePast, finish: restocked },
      isThere: (tx, { id }) => hasSale(tx, id),
    },
    standing,
  )

async function addWarehouses(db: Database<Tables>, warehouses: readonly Warehouse[]) {
  await db.as(service, async (tx) => {
    for (const { id, code, name } of warehouses) {
      await sql`insert into warehouses (id, code, name, position)
        select ${id}, ${code}, ${name}, coalesce(max(position), 0) + 1 from warehouses
        on conflict do nothing`.execute(tx)
    }
  })
}
