import type { Tx } from '@shop/kit/database'
import { sql } from 'kysely'
import type { Attribute } from '../domain/attributes.ts'
import type { Status } from '../domain/product.ts'
import type { Tables } from './schema.ts'

/** A product with all that belongs to it, by name. */
export interface WholeProduct {
  readonly slug: string
  readonly name: string
  readonly description: string
  readonly status: Status
  readonly isFeatured: boolean
  readonly brand: string | null
  readonly seller: string | null
  readonly categories: string[][]
  readonly tags: string[]
  readonly attributes: Attribute[]
  readonly createdAt: Date
  readonly archivedAt: Date | null
  readonly variants: {
    sku: string
    attributes: Attribute[]
    amountMinor: number
    currency: string
    compareAtMinor: number | null
    weightGrams: number | null
    gtin: string | null
  }[]
  readonly images: { alt: string; drawing: object | null; renditions: object | null }[]
}

/** The next by slug, which is the same order in every shop. Products with nothing to buy are left out. */
export async function wholeAfter(
  tx: Tx<Tables>,
  slug: string,
  first: number,
): Promise<WholeProduct[]> {
  const { rows } = await sql<WholeProduct>`
    select p.slug, p.name, p.description, p.status, p.is_featured as "isFeatured",
      brands.name as brand, sellers.name as seller, p.attributes, p.created_at as "createdAt",
      p.archived_at as "archivedAt", variants, coalesce(images, '[]') as images,
      coalesce(categories, '[]') as categories, coalesce(tags, '[]') as tags
    from products p
      left join brands on brands.id = p.brand_id
      left join sellers on sellers.id = p.seller_id
      join lateral (
        select jsonb_agg(jsonb_build_object('sku', sku, 'attributes', attributes, 'amountMinor',
          amount_minor, 'currency', currency, 'compareAtMinor', compare_at_minor, 'weightGrams',
          weight_grams, 'gtin', gtin) order by position, sku) as variants
        from product_variants where product_id = p.id and archived_at is null
        having count(*) > 0
      ) as sold on true
      left join lateral (
        select jsonb_agg(jsonb_build_object('alt', alt, 'drawing', drawing, 'renditions',
          renditions) order by position, id) as images
        from product_images where product_id = p.id
      ) as seen on true
      left join lateral (
        select jsonb_agg((select jsonb_agg(up.name order by level)
          from unnest(own.path) with ordinality as step(id, level)
            join categories up on up.id = step.id) order by placed.position) as categories
        from product_categories placed join categories own on own.id = placed.category_id
        where placed.product_id = p.id
      ) as placed on true
      left join lateral (
        select jsonb_agg(tags.name order by tags.slug) as tags
        from product_tags put join tags on tags.id = put.tag_id where put.product_id = p.id
      ) as tagged on true
    where p.slug > ${slug}
    order by p.slug
    limit ${first}`.execute(tx)
  return rows
}
