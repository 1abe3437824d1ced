import type { Tx } from '@shop/kit/database'
import { announce } from '@shop/kit/events'
import { sql } from 'kysely'
import type { ProductRow } from '../domain/rows.ts'
import { productArchived, productChanged, variantPriceChanged } from '../events.ts'
import { relist } from './listing.ts'
import type { Tables } from './schema.ts'

/**
 * Writes these products over what there was of their ids: a dozen statements, however many they
 * are, and one product-changed each. Variants that a row does not name stay as they are.
 */
export async function writeProducts(
  tx: Tx<Tables>,
  rows: readonly ProductRow[],
  now: Date,
): Promise<void> {
  if (rows.length === 0) return
  const ids = rows.map(({ id }) => id)
  const written = await upsertProducts(tx, rows, now)
  const fresh = new Set(written.filter(({ version }) => version === 1).map(({ id }) => id))
  await place(tx, rows, { ids, isAllNew: fresh.size === rows.length })
  const prices = await upsertVariants(tx, rows)
  await insertImages(
    tx,
    rows.filter(({ id }) => fresh.has(id)),
    now,
  )
  await relist(tx, ids)
  await tell(tx, { rows, written, prices }, now)
}

interface Written {
  readonly id: string
  readonly version: number
}

async function upsertProducts(tx: Tx<Tables>, rows: readonly ProductRow[], now: Date) {
  const { rows: written } = await sql<Written>`
    insert into products (id, slug, name, description, brand_id, seller_id, status, attributes,
      is_featured, created_at, updated_at, archived_at, digest)
    select "id", "slug", "name", "description", "brandId", "sellerId", "status", "attributes",
      "isFeatured", "createdAt", ${now}::timestamptz, "archivedAt", "digest"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row("id" uuid, "slug" text,
      "name" text, "description" text, "brandId" uuid, "sellerId" uuid, "status" text,
      "attributes" jsonb, "isFeatured" boolean, "createdAt" timestamptz, "archivedAt" timestamptz,
      "digest" text)
    order by "id"
    on conflict (id) do update set name = excluded.name, description = excluded.description,
      brand_id = excluded.brand_id, seller_id = excluded.seller_id, status = excluded.status,
      attributes = excluded.attributes, is_featured = excluded.is_featured,
      updated_at = excluded.updated_at, archived_at = excluded.archived_at,
      digest = excluded.digest, version = products.version + 1
    returning id, version`.execute(tx)
  return written
}

interface Which {
  readonly ids: readonly string[]
  readonly isAllNew: boolean
}

async function place(tx: Tx<Tables>, rows: readonly ProductRow[], { ids, isAllNew }: Which) {
  if (!isAllNew) {
    await tx.deleteFrom('product_categories').where('product_id', 'in', ids).execute()
    await tx.deleteFrom('product_tags').where('product_id', 'in', ids).execute()
  }
  const told = JSON.stringify(
    rows.map(({ id, categoryIds, tagIds }) => ({ id, categoryIds, tagIds })),
  )
  await sql`
    insert into product_categories (product_id, category_id, position)
    select row.id, place.category_id::uuid, place.position - 1
    from jsonb_to_recordset(${told}::jsonb) as row("id" uuid, "categoryIds" jsonb),
      jsonb_array_elements_text("categoryIds") with ordinality as place(category_id, position)
    on conflict do nothing`.execute(tx)
  await sql`
    insert into product_tags (product_id, tag_id)
    select row.id, tag_id::uuid
    from jsonb_to_recordset(${told}::jsonb) as row("id" uuid, "tagIds" jsonb),
      jsonb_array_elements_text("tagIds") as tag_id
    on conflict do nothing`.execute(tx)
}

interface PriceChange {
  readonly productId: string
  readonly variantId: string
  readonly amountMinor: number
  readonly wasMinor: number
  readonly currency: string
}

/** Tells whose price is another than before. */
async function upsertVariants(tx: Tx<Tables>, rows: readonly ProductRow[]): Promise<PriceChange[]> {
  const variants = rows.flatMap(({ id, variants }) =>
    variants.map((variant, position) => ({ ...variant, productId: id, position })),
  )
  const { rows: changed } = await sql<PriceChange>`
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(variants)}::jsonb) as row("id" uuid,
        "productId" uuid, "sku" text, "attributes" jsonb, "amountMinor" bigint, "currency" text,
        "compareAtMinor" bigint, "weightGrams" integer, "gtin" text, "position" integer)
    ), before as (
      select id, amount_minor from product_variants where id in (select "id" from given)
    ), written as (
      insert into product_variants (id, product_id, sku, attributes, amount_minor, currency,
        compare_at_minor, weight_grams, gtin, position)
      select "id", "productId", "sku", "attributes", "amountMinor", "currency", "compareAtMinor",
        "weightGrams", "gtin", "position"
      from given order by "id"
      on conflict (id) do update set attributes = excluded.attributes,
        amount_minor = excluded.amount_minor, currency = excluded.currency,
        compare_at_minor = excluded.compare_at_minor, weight_grams = excluded.weight_grams,
        gtin = excluded.gtin, position = excluded.position, archived_at = null,
        version = product_variants.version + 1
    )
    select "productId", given.id as "variantId", "amountMinor", before.amount_minor as "wasMinor",
      "currency"
    from given join before on before.id = given.id
    where before.amount_minor <> "amountMinor"`.execute(tx)
  return changed
}

async function insertImages(tx: Tx<Tables>, rows: readonly ProductRow[], now: Date) {
  const images = rows.flatMap(({ id, images }) =>
    images.map((image, position) => ({ ...image, productId: id, position })),
  )
  await sql`
    insert into product_images (id, product_id, alt, position, drawing, renditions, created_at)
    select "id", "productId", "alt", "position", "drawing", "renditions", ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(images)}::jsonb) as row("id" uuid, "productId" uuid,
      "alt" text, "position" integer, "drawing" jsonb, "renditions" jsonb)
    on conflict do nothing`.execute(tx)
}

interface Told {
  readonly rows: readonly ProductRow[]
  readonly written: readonly Written[]
  readonly prices: readonly PriceChange[]
}

async function tell(tx: Tx<Tables>, { rows, written, prices }: Told, occurredAt: Date) {
  const versions = new Map(written.map(({ id, version }) => [id, version]))
  const changes = rows.map(({ id, status }) => ({
    aggregateId: id,
    occurredAt,
    data: { productId: id, version: versions.get(id) ?? 1, status },
  }))
  const archived = rows.filter(({ status }) => status === 'ARCHIVED')
  await announce(tx, productChanged, changes)
  await announce(
    tx,
    productArchived,
    archived.map(({ id, variants }) => ({
      aggregateId: id,
      occurredAt,
      data: { productId: id, variantIds: variants.map((variant) => variant.id) },
    })),
  )
  await announce(
    tx,
    variantPriceChanged,
    prices.map((data) => ({ aggregateId: data.productId, occurredAt, data })),
  )
}
