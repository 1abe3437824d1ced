import type { Tx } from '@shop/kit/database'
import { newId } from '@shop/kit/ids'
import { sql } from 'kysely'
import type { Named } from '../domain/product.ts'
import type { CategoryRow, SellerRow } from '../domain/rows.ts'
import type { Tables } from './schema.ts'

/** Those that are not there yet by their slug; gives the id of each by slug, whoever wrote it. */
export async function ensureNamed(
  tx: Tx<Tables>,
  table: 'brands' | 'sellers' | 'tags',
  wanted: readonly (Omit<Named, 'id'> & { readonly id?: string })[],
): Promise<Map<string, string>> {
  const rows = distinct(wanted).map((each) => ({ ...each, id: each.id ?? newId() }))
  // Updating nothing gives the row back, and locks it until the products that name it are there.
  const { rows: kept } = await sql<{ id: string; slug: string }>`
    insert into ${sql.table(table)} as kept (id, slug, name)
    select id, slug, name
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row(id uuid, slug text, name text)
    order by slug
    on conflict (slug) do update set slug = kept.slug
    returning id, slug`.execute(tx)
  return new Map(kept.map(({ id, slug }) => [slug, id]))
}

const distinct = <T extends { slug: string }>(all: readonly T[]) =>
  [...new Map(all.map((each) => [each.slug, each])).values()].toSorted((a, b) =>
    a.slug < b.slug ? -1 : 1,
  )

export async function writeSellers(tx: Tx<Tables>, sellers: readonly SellerRow[]): Promise<void> {
  await ensureNamed(tx, 'sellers', sellers)
  await sql`
    update sellers set country = row.country, commission_bps = coalesce(row."commissionBps", 0)
    from jsonb_to_recordset(${JSON.stringify(sellers)}::jsonb)
      as row(id uuid, country text, "commissionBps" integer)
    where sellers.id = row.id`.execute(tx)
}

/** Parents come before their children. A category of this slug that is there already stays as it is. */
export async function ensureCategories(
  tx: Tx<Tables>,
  rows: readonly CategoryRow[],
): Promise<Map<string, string>> {
  const { rows: kept } = await sql<{ id: string; slug: string }>`
    insert into categories as kept (id, parent_id, slug, name, position, path)
    select row.id, row."parentId", row.slug, row.name, row.position,
      coalesce(parent.path, '{}') || row.id
    from jsonb_to_recordset(${JSON.stringify(distinct(rows))}::jsonb)
      as row(id uuid, "parentId" uuid, slug text, name text, position integer)
      left join categories parent on parent.id = row."parentId"
    order by row.slug
    on conflict (slug) do update set slug = kept.slug
    returning id, slug`.execute(tx)
  return new Map(kept.map(({ id, slug }) => [slug, id]))
}

export interface CollectionRow extends Named {
  readonly description: string
  readonly productIds: readonly string[]
}

export async function writeCollections(
  tx: Tx<Tables>,
  collections: readonly CollectionRow[],
): Promise<void> {
  const told = JSON.stringify(collections.map((each, position) => ({ ...each, position })))
  await sql`
    insert into collections (id, slug, name, description, position)
    select id, slug, name, description, position
    from jsonb_to_recordset(${told}::jsonb)
      as row(id uuid, slug text, name text, description text, position integer)
    on conflict do nothing`.execute(tx)
  await sql`
    insert into collection_products (collection_id, product_id, position)
    select collections.id, products.id, put.position
    from jsonb_to_recordset(${told}::jsonb) as row(id uuid, "productIds" jsonb)
      join collections on collections.id = row.id,
      jsonb_array_elements_text("productIds") with ordinality as put(product_id, position)
      join products on products.id = put.product_id::uuid
    on conflict do nothing`.execute(tx)
}
