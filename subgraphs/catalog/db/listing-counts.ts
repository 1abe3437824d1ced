import type { Database } from '@shop/kit/database'
import { isId } from '@shop/kit/ids'
import { sql } from 'kysely'
import type { Filter } from '../domain/filter.ts'
import { everything } from './listing.ts'
import type { Tables } from './schema.ts'

/** How many a filter leaves, where that is kept: of a status, in a category or the whole shop. */
export function keptCount(
  db: Pick<Database<Tables>, 'selectFrom'>,
  { categoryId, status, ...rest }: Filter,
): (() => Promise<number>) | null {
  const id = categoryId ?? everything
  if (!isId(id) || Object.values(rest).some((value) => value != null)) return null
  return async () => {
    const row = await db
      .selectFrom('listing_counts')
      .where('category_id', '=', id)
      .where('status', '=', status)
      .select(sql<number>`coalesce(sum(products), 0)`.as('products'))
      .executeTakeFirst()
    return row?.products ?? 0
  }
}
