import type { Database } from '@shop/kit/database'
import type { Near, Query } from '@shop/kit/pagination'
import { type RawBuilder, sql } from 'kysely'
import type { Filter } from '../domain/filter.ts'
import { everything, having, listed, type ProductSort, rangesOf, termsOf } from './listing.ts'
import type { Tables } from './schema.ts'

/**
 * How many are looked at, in the order that is asked for, to fill a page; it takes a millisecond or two. Where
 * they do not fill it, few products meet all of the filter, and those are fetched and sorted.
 */
const mostWalked = 500

type Source = Pick<Database<Tables>, 'selectFrom'>
type Rows = RawBuilder<unknown>

/**
 * The same page as `listed` has, from a walk that ends. Left to itself the server believes that
 * terms, prices and names know nothing of each other, and walks half the shop for two colours that
 * only dear things have. Undefined where one index has the whole answer in its order.
 */
export function boundedWalk(db: Source, filter: Filter, sort: ProductSort) {
  const [narrowest, ...others] = groupsIn(filter).toSorted(narrower)
  const ranges = rangesOf(filter)
  const inOrder = ranges.filter(({ of }) => sort.startsWith(of.toUpperCase()))
  const tests = ranges.filter((range) => !inOrder.includes(range)).map(({ holds }) => holds)
  if (others.length > 0) tests.push(carrying(others))
  if (filter.status !== 'ACTIVE' || !(narrowest || tests.length > 0)) return undefined

  const bounds = inOrder.map(({ holds }) => holds)
  const along = narrowest ? ofTerms(narrowest, bounds) : ofPlace(filter, bounds)
  return (near: Near): Query<{ id: string }> => {
    const most = tests.length > 0 ? mostWalked : near.rows
    const walked = along({ ...near, rows: most })
    const times = narrowest?.length ?? 1
    const rows =
      tests.length > 0
        ? walkedOrFetched({ walked, times, tests, all: listed(db, filter) }, near)
        : distinct(walked)
    return db.selectFrom(sql<Found>`(${rows})`.as('listings')).select('listings.product_id as id')
  }
}

interface Found {
  product_id: string
  created_at: Date
  amount_minor: number
  name_key: string
}

function groupsIn(filter: Filter): string[][] {
  const groups = termsOf(filter)
  return groups.length > 0 && filter.categoryId ? [...groups, [`in:${filter.categoryId}`]] : groups
}

/** What is picked from a list of values says more than where it is, and fewer products have it. */
const narrowness = ['no', 'at', 'brand', 'tag', 'in', 'seller']
const rank = ([term = '']: readonly string[]) => narrowness.indexOf(term.split(':')[0] ?? '')
const narrower = (a: readonly string[], b: readonly string[]) => rank(a) - rank(b)

const columns = sql.raw('listings.product_id, created_at, amount_minor, name_key')
const all = (conditions: readonly Rows[]) => sql.join(conditions, sql` and `)
const distinct = (rows: Rows) => sql`select distinct ${columns} from (${rows}) as listings`

/** The products of each term in their order, which the server merges as they are asked for. */
const ofTerms =
  (terms: readonly string[], bounds: readonly Rows[]) =>
  ({ isAfter, order, rows }: Near) =>
    sql.join(
      terms.map(
        (term) => sql`(
          select ${columns} from term_listings as listings
          where ${all([sql`term = hashtextextended(${term}, 0)`, isAfter, ...bounds])}
          order by ${order} limit ${rows})`,
      ),
      sql` union all `,
    )

const ofPlace =
  ({ categoryId }: Filter, bounds: readonly Rows[]) =>
  ({ isAfter, order, rows }: Near) => {
    const isHere = sql`category_id = ${categoryId ?? everything}::uuid and status = 'ACTIVE'`
    return sql`
      select ${columns} from listings where ${all([isHere, isAfter, ...bounds])}
      order by ${order} limit ${rows}`
  }

/** Whether the row that has the terms has one of each of these groups. */
const carrying = (groups: readonly (readonly string[])[]) => sql<boolean>`(
  select ${all(groups.map((terms) => having(terms, 'whole')))} from listings as whole
  where whole.product_id = listings.product_id and whole.category_id = ${everything}::uuid)`

interface Walk {
  readonly walked: Rows
  /** How often a product can come in it. */
  readonly times: number
  readonly tests: readonly Rows[]
  readonly all: ReturnType<typeof listed>
}

/** As many as the page has from the walk; where it met fewer, all that the filter leaves. */
function walkedOrFetched({ walked, times, tests, all: found }: Walk, near: Near): Rows {
  const { isAfter, order, rows } = near
  const bounded = sql`select * from (${walked}) as listings order by ${order} limit ${mostWalked}`
  const met = sql`
    select * from (${bounded}) as listings where ${all(tests)}
    order by ${order} limit ${rows * times}`
  const fetched = found
    .select(['listings.product_id', 'created_at', 'amount_minor', 'name_key'])
    .where(isAfter)
    .where(sql<boolean>`(select count(*) from walked) < ${rows}`)
    // So that it is planned by itself, and not as one more walk.
    .offset(0)
  return sql`
    with walked as materialized (${distinct(met)})
    select * from walked where (select count(*) from walked) >= ${rows}
    union all (${fetched})`
}
