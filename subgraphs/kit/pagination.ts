import { createHmac, timingSafeEqual } from 'node:crypto'
import { type CompiledQuery, type RawBuilder, type SelectQueryBuilder, sql } from 'kysely'
import { BadUserInput, InvalidCursor } from './errors.ts'
import { readyKey } from './keys.ts'

/** What a client asks of a list. */
export interface Page {
  /** 1 to 100. */
  readonly first: number
  readonly after?: string | null | undefined
}

export interface Connection<T> {
  readonly edges: readonly { readonly cursor: string; readonly node: T }[]
  readonly nodes: readonly T[]
  readonly pageInfo: {
    readonly startCursor: string | null
    readonly endCursor: string | null
    readonly hasNextPage: boolean
    readonly hasPreviousPage: boolean
  }
  /** Counted when it is selected, and not before. */
  totalCount(): Promise<number>
}

/** An order by one column that is never null, and then by id. */
export interface Sort {
  /** Goes into the cursor: one of another order is refused. */
  readonly name: string
  readonly by: RawBuilder<unknown>
  /** The SQL type to read the column's text back as. */
  readonly type: 'text' | 'bigint' | 'timestamptz' | 'integer' | 'double precision'
  readonly descending?: boolean
}

// biome-ignore lint/suspicious/noExplicitAny: which tables are in the query is of no matter here.
export type Query<O> = SelectQueryBuilder<any, any, O>

export interface Listing {
  readonly page: Page
  readonly sort?: Sort
  /** The column that ties are broken by; `id` unless a join makes that ambiguous. */
  readonly id?: RawBuilder<unknown>
  /** Puts another question, with the same rows on this page, where the server would find them slowly. */
  readonly nearby?: ((near: Near) => Query<{ id: string }>) | undefined
  readonly cursorKey: Buffer
  /** Counts as whoever is asking now, also when that is long after this page was read. */
  readonly count: (query: CompiledQuery<{ total: number }>) => Promise<number>
}

/** What a page is made of: so many rows from there on, by this order. */
export interface Near {
  readonly isAfter: RawBuilder<boolean>
  readonly order: RawBuilder<unknown>
  readonly rows: number
}

/** One page by keyset (no offset): as fast on page thousand as on the first. */
export async function pageOf<O extends { id: string }>(
  query: Query<O>,
  listing: Listing,
): Promise<Connection<O>> {
  const { page, cursorKey, sort } = listing
  const { first, after } = page
  if (first < 1 || first > 100) throw new BadUserInput('`first` is from 1 to 100.')
  const rows = (await ordered(from(query, listing), listing)
    .limit(first + 1)
    .execute()) as Row<O>[]
  const edges = rows.slice(0, first).map(({ sorted_by, ...node }) => ({
    cursor: writeCursor(cursorKey, [sort?.name ?? '', sorted_by ?? '', node.id as string]),
    node: node as unknown as O,
  }))
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
      hasNextPage: rows.length > first,
      hasPreviousPage: Boolean(after),
    },
    totalCount: () => listing.count(counting(query)),
  }
}

type Row<O> = O & { sorted_by?: string }

function from<O>(query: Query<O>, listing: Listing): Query<O> {
  const { after, first } = listing.page
  const bound = after ? isAfter(after, listing) : null
  if (listing.nearby) {
    const order = orderOf(listing)
    return listing.nearby({ isAfter: bound ?? sql`true`, order, rows: first + 1 }) as Query<O>
  }
  return bound ? query.where(bound) : query
}

function orderOf({ sort, id = sql`id` }: Listing): RawBuilder<unknown> {
  const direction = sql.raw(sort?.descending ? 'desc' : 'asc')
  return sort ? sql`${sort.by} ${direction}, ${id} ${direction}` : id
}

function ordered<O>(query: Query<O>, { sort, id = sql`id` }: Listing): Query<O> {
  if (!sort) return query.orderBy(id)
  const direction = sort.descending ? 'desc' : 'asc'
  // As text: a timestamp has microseconds that a Date would lose, and the cursor with them.
  return query
    .select(sql<string>`(${sort.by})::text`.as('sorted_by'))
    .orderBy(sort.by, direction)
    .orderBy(id, direction) as Query<O>
}

function isAfter(after: string, { sort, id = sql`id`, cursorKey }: Listing): RawBuilder<boolean> {
  const [name, value, last] = readCursor(cursorKey, after)
  if (name !== (sort?.name ?? '')) throw new InvalidCursor('This cursor is of another order.')
  if (!sort) return sql<boolean>`${id} > ${last}::uuid`
  const compared = sql.raw(sort.descending ? '<' : '>')
  const read = sql`${value}::text::${sql.raw(sort.type)}`
  return sql<boolean>`(${sort.by}, ${id}) ${compared} (${read}, ${last}::uuid)`
}

const counting = <O>(query: Query<O>): CompiledQuery<{ total: number }> =>
  query.clearSelect().select(sql<number>`count(*)`.as('total')).compile()

const seal = (key: Buffer, body: string) =>
  createHmac('sha256', readyKey(key)).update(body).digest().subarray(0, 16)

type Cursor = readonly [sort: string, value: string, id: string]

export function writeCursor(key: Buffer, cursor: Cursor): string {
  const body = JSON.stringify(cursor)
  return Buffer.concat([seal(key, body), Buffer.from(body)]).toString('base64url')
}

export function readCursor(key: Buffer, cursor: string): Cursor {
  const bytes = Buffer.from(cursor, 'base64url')
  const body = bytes.subarray(16).toString()
  if (bytes.length > 16 && timingSafeEqual(bytes.subarray(0, 16), seal(key, body))) {
    return JSON.parse(body) as Cursor
  }
  throw new InvalidCursor('This cursor was not made here.')
}
