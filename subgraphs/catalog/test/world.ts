import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openDatabase, type Tx } from '@shop/kit/database'
import { serviceNamed } from '@shop/kit/identity'
import { type AskedAs, ask, freshDatabase, type Meeting, standingAt } from '@shop/kit/testing'
import { fillCatalog } from '../bulk.ts'
import type { Tables } from '../db/schema.ts'
import { migrations, open } from '../subgraph.ts'
import { madeShop } from './made-shop.ts'

export const noon = new Date('2026-03-01T12:00:00Z')

export const staff = {
  kind: 'staff',
  id: '019a3c1e-7f00-7000-8000-00000000000e',
  scopes: ['catalog:read', 'catalog:write'],
} as const

/** A catalog on a database of its own, empty, with the clock stopped at noon. */
export async function emptyCatalog(meeting?: Meeting) {
  await using opening = new AsyncDisposableStack()
  const folder = await mkdtemp(path.join(tmpdir(), 'catalog-'))
  opening.defer(() => rm(folder, { recursive: true }))
  const database = opening.use(await freshDatabase('catalog', migrations))
  const standing = standingAt(noon, meeting)
  const config = { databaseUrl: database.url, filesFolder: folder, filesUrl: 'http://files' }
  const subgraph = opening.use(await open(config, standing))
  const db = opening.use(openDatabase<Tables>(database.url, standingAt(noon)))
  const opened = opening.move()
  return {
    subgraph,
    database,
    standing,
    folder,
    db,
    write: <R>(work: (tx: Tx<Tables>) => Promise<R>) => db.as(serviceNamed('catalog'), work),
    statements: standing.statements,
    ask: (request: AskedAs) => ask(subgraph, request),
    /** The names of what was announced, in its order. */
    async told() {
      const rows = await database.run('select name from outbox order by id')
      return rows.map(({ name }) => name)
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

export type Catalog = Awaited<ReturnType<typeof emptyCatalog>>

/** With so many made products in it, and no statement counted yet. */
export async function catalogOf(products: number, meeting?: Meeting): Promise<Catalog> {
  const shop = await emptyCatalog(meeting)
  const filling = { databaseUrl: shop.database.url, currency: 'EUR' }
  await fillCatalog(madeShop(products), filling, standingAt(noon))
  return shop
}
