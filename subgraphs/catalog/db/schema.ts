import type { Generated, JSONColumnType } from 'kysely'
import type { Attribute } from '../domain/attributes.ts'
import type { Renditions } from '../domain/picture.ts'
import type { Status } from '../domain/product.ts'

/** Written as JSON text, read as what it says. */
type Json<T extends object | null> = JSONColumnType<T, string | null, string | null>

export interface Tables {
  brands: { id: string; slug: string; name: string }
  sellers: {
    id: string
    slug: string
    name: string
    country: string | null
    commission_bps: Generated<number>
    owner_ids: Generated<string[]>
    version: Generated<number>
  }
  categories: {
    id: string
    parent_id: string | null
    slug: string
    name: string
    description: Generated<string>
    position: Generated<number>
    path: string[]
    version: Generated<number>
  }
  tags: { id: string; slug: string; name: string }
  products: {
    id: string
    slug: string
    name: string
    description: string
    brand_id: string | null
    seller_id: string | null
    status: Status
    attributes: Json<readonly Attribute[]>
    is_featured: Generated<boolean>
    created_at: Date
    updated_at: Date
    archived_at: Date | null
    version: Generated<number>
    digest: string | null
  }
  product_categories: { product_id: string; category_id: string; position: number }
  product_tags: { product_id: string; tag_id: string }
  product_variants: {
    id: string
    product_id: string
    sku: string
    attributes: Json<readonly Attribute[]>
    amount_minor: number
    currency: string
    compare_at_minor: number | null
    weight_grams: number | null
    gtin: string | null
    position: number
    version: Generated<number>
    archived_at: Date | null
  }
  product_images: {
    id: string
    product_id: string
    alt: string
    position: number
    drawing: Json<object | null>
    renditions: Json<Renditions | null>
    width: number | null
    height: number | null
    created_at: Date
  }
  collections: {
    id: string
    slug: string
    name: string
    description: Generated<string>
    position: Generated<number>
    version: Generated<number>
  }
  collection_products: { collection_id: string; product_id: string; position: number }
  listings: {
    product_id: string
    category_id: string
    status: Status
    created_at: Date
    amount_minor: number
    name_key: string
    terms: string[] | null
  }
  listing_counts: { category_id: string; status: Status; slot: number; products: number }
  term_counts: { category_id: string; term: string; products: number }
  counted_categories: { category_id: string; products: number; counted_at: Date }
  import_checkpoints: { file_hash: string; lines: number; is_done: boolean; at: Date }
}
