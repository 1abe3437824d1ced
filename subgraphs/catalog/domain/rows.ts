import type { Attribute } from './attributes.ts'
import type { Named, Status } from './product.ts'

export interface VariantRow {
  readonly id: string
  readonly sku: string
  readonly attributes: readonly Attribute[]
  readonly amountMinor: number
  readonly currency: string
  readonly compareAtMinor: number | null
  readonly weightGrams: number | null
  readonly gtin: string | null
}

export interface ImageRow {
  readonly id: string
  readonly alt: string
  readonly drawing?: object | undefined
  readonly renditions?: object | undefined
}

/** A product whole, with everything it names already there. */
export interface ProductRow {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly description: string
  readonly brandId: string | null
  readonly sellerId: string | null
  /** The first is the one that a breadcrumb shows. */
  readonly categoryIds: readonly string[]
  readonly tagIds: readonly string[]
  readonly attributes: readonly Attribute[]
  readonly status: Status
  readonly isFeatured: boolean
  readonly createdAt: Date
  readonly archivedAt: Date | null
  readonly digest: string | null
  readonly variants: readonly VariantRow[]
  /** Written for a product that is new, and left alone otherwise. */
  readonly images: readonly ImageRow[]
}

export interface CategoryRow extends Named {
  readonly parentId: string | null
  readonly position: number
}

export interface SellerRow extends Named {
  readonly country?: string | null
  readonly commissionBps?: number
}
