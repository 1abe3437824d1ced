import type { Database, Tx } from '@shop/kit/database'
import { isId } from '@shop/kit/ids'
import { type RawBuilder, sql } from 'kysely'
import type { Filter } from '../domain/filter.ts'
import type { Tables } from './schema.ts'

export type ProductSort = 'NEWEST' | 'PRICE_ASC' | 'PRICE_DESC' | 'NAME'

/** In `category_id`, the whole shop. */
export const everything = '00000000-0000-0000-0000-000000000000'

/** Nothing carries it, so nothing is found. */
const nothing = 'no:such'

/**
 * The rows of `listings` that a filter leaves. A category alone is walked in its own order; with
 * anything else it is one of the terms, which are looked up in one index all together.
 */
export function listed(db: Pick<Database<Tables>, 'selectFrom'>, filter: Filter) {
  const { categoryId, status } = filter
  const groups = termsOf(filter)
  const place = groups.length > 0 || !categoryId ? everything : categoryId
  let query = db
    .selectFrom('listings')
    .where('listings.category_id', '=', isId(place) ? place : everything)
    // Written out, so that the planner sees which partial index it is.
    .where(sql<boolean>`listings.status = ${sql.lit(status)}`)
  if (place === everything && categoryId) query = query.where(having([`in:${categoryId}`]))
  for (const group of groups) query = query.where(having(group))
  for (const { holds } of rangesOf(filter)) query = query.where(holds)
  return query
}

/** By what is in every row of `listings`. */
export function rangesOf({ minPrice, maxPrice, namePrefix }: Filter): Range[] {
  const ranges: Range[] = []
  const add = (of: Range['of'], holds: RawBuilder<boolean>) => ranges.push({ of, holds })
  if (typeof minPrice === 'number') add('price', sql`listings.amount_minor >= ${minPrice}`)
  if (typeof maxPrice === 'number') add('price', sql`listings.amount_minor <= ${maxPrice}`)
  if (namePrefix) add('name', beginning(namePrefix.toLowerCase()))
  return ranges
}

interface Range {
  readonly of: 'price' | 'name'
  readonly holds: RawBuilder<boolean>
}

/** Groups of which each has to be met, by any term of it. */
export function termsOf({
  categoryId,
  brandIds,
  sellerId,
  tagIds,
  attributes,
}: Filter): string[][] {
  const groups: string[][] = []
  if (categoryId && !isId(categoryId)) groups.push([nothing])
  if (brandIds?.length) groups.push(brandIds.map((id) => `brand:${id.toLowerCase()}`))
  if (sellerId) groups.push([`seller:${sellerId.toLowerCase()}`])
  for (const id of tagIds ?? []) groups.push([`tag:${id}`])
  for (const { key, values } of attributes ?? []) {
    if (values.length > 0) groups.push(values.map((value) => `at:${key}=${value.toLowerCase()}`))
  }
  return groups
}

export const having = (terms: readonly string[], table = 'listings'): RawBuilder<boolean> =>
  terms.length === 1
    ? sql<boolean>`${sql.ref(`${table}.terms`)} @> ${terms}::text[]`
    : sql<boolean>`${sql.ref(`${table}.terms`)} && ${terms}::text[]`

/** As a range, which a plain index answers. */
const beginning = (prefix: string) =>
  sql<boolean>`listings.name_key >= ${prefix} and listings.name_key < ${`${prefix}\u{10FFFF}`}`

/**
 * Writes anew where these products are found: what the tables say of them now. Attributes beyond
 * 64 characters are no terms: nobody picks them from a list.
 */
export async function relist(tx: Tx<Tables>, productIds: readonly string[]): Promise<void> {
  if (productIds.length === 0) return
  await sql`delete from listings where product_id = any(${productIds}::uuid[])`.execute(tx)
  await sql`
    with chosen as (
      select * from products where id = any(${productIds}::uuid[])
    ), above as (
      select distinct placed.product_id, up.category_id
      from product_categories placed join categories on categories.id = placed.category_id,
        unnest(categories.path) as up(category_id)
      where placed.product_id = any(${productIds}::uuid[])
    ), told as (
      select id as product_id, attributes from chosen
      union all
      select product_id, attributes from product_variants
      where product_id = any(${productIds}::uuid[]) and archived_at is null
    ), terms as (
      select product_id, 'in:' || category_id as term from above
      union all select id, 'brand:' || brand_id from chosen where brand_id is not null
      union all select id, 'seller:' || seller_id from chosen where seller_id is not null
      union all select product_id, 'tag:' || tag_id from product_tags
        where product_id = any(${productIds}::uuid[])
      union all
      select product_id, 'at:' || (one->>'key') || '=' || lower(shown)
      from told, jsonb_array_elements(attributes) as each(one), lateral (
        select coalesce(one->>'text', one->>'number', one->>'boolean')
        union all select jsonb_array_elements_text(one->'list')
      ) as said(shown)
      where length(shown) <= 64
    ), gathered as (
      select product_id, array_agg(distinct term) as terms from terms group by product_id
    ), prices as (
      select product_id, min(amount_minor) as amount_minor from product_variants
      where product_id = any(${productIds}::uuid[]) and archived_at is null group by product_id
    )
    insert into listings (product_id, category_id, status, created_at, amount_minor, name_key, terms)
    select id, place.category_id, status, created_at, coalesce(prices.amount_minor, 0), lower(name),
      case when place.category_id = ${everything}::uuid then coalesce(gathered.terms, '{}') end
    from chosen
      left join prices on prices.product_id = chosen.id
      left join gathered on gathered.product_id = chosen.id
      cross join lateral (
        select ${everything}::uuid as category_id
        union all select above.category_id from above where above.product_id = chosen.id
      ) as place`.execute(tx)
}
