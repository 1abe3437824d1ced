import type { Database } from '@shop/kit/database'
import { isId } from '@shop/kit/ids'
import { sql } from 'kysely'
import { type Facets, facetsFrom, type TermCount } from '../domain/facets.ts'
import type { Filter } from '../domain/filter.ts'
import { everything, listed } from './listing.ts'
import type { Tables } from './schema.ts'

/** Counting the terms of so many takes about 10 ms; what has more is counted by a job, or from a sample. */
export const mostCounted = 1000

/** Counts of what a filter leaves, in one statement. */
export async function facetsOf(db: Database<Tables>, filter: Filter): Promise<Facets> {
  const counted = isWholeCategory(filter) ? await countedBefore(db, filter) : null
  return counted ?? countedNow(db, filter)
}

const isWholeCategory = ({ categoryId, status, ...rest }: Filter) =>
  status === 'ACTIVE' && Object.values(rest).every((value) => value == null)

async function countedBefore(db: Database<Tables>, { categoryId }: Filter): Promise<Facets | null> {
  const id = categoryId ?? everything
  if (!isId(id)) return null
  const rows = await db
    .selectFrom('counted_categories as counted')
    .innerJoin('term_counts', 'term_counts.category_id', 'counted.category_id')
    .where('counted.category_id', '=', id)
    .orderBy('term_counts.products', 'desc')
    .orderBy('term')
    .select(['term', 'term_counts.products as count', 'counted.products', 'counted_at as at'])
    .execute()
  const [first] = rows
  if (!first) return null
  return facetsFrom(rows, { products: first.products, isExact: false, countedAt: first.at })
}

/** Of the newest, where there are more than can be counted while somebody waits. */
async function countedNow(db: Database<Tables>, filter: Filter): Promise<Facets> {
  const found = listed(db, filter)
    .innerJoin('listings as whole', (join) =>
      join
        .onRef('whole.product_id', '=', 'listings.product_id')
        .on('whole.category_id', '=', everything),
    )
    .select('whole.terms')
    .orderBy('listings.created_at', 'desc')
    .limit(mostCounted + 1)
  const rows = await db
    .selectFrom(
      db
        .selectFrom(found.as('found'))
        .select([sql<string>`unnest(array_append(terms, 'all:'))`.as('term')])
        .as('told'),
    )
    .groupBy('term')
    .select(['term', sql<number>`count(*)`.as('count')])
    .orderBy('count', 'desc')
    .orderBy('term')
    .execute()
  const products = rows.find(({ term }) => term === 'all:')?.count ?? 0
  const isExact = products <= mostCounted
  return facetsFrom(rows as TermCount[], { products, isExact, countedAt: null })
}
