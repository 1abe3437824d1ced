import { ShopError } from '@shop/kit/errors'
import type { Attribute } from './attributes.ts'

export type Status = 'ACTIVE' | 'DRAFT' | 'ARCHIVED'

export interface Product {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly description: string
  readonly brandId: string | null
  readonly sellerId: string | null
  readonly status: Status
  readonly attributes: readonly Attribute[]
  readonly isFeatured: boolean
  readonly createdAt: Date
  readonly updatedAt: Date
  readonly version: number
}

export interface Variant {
  readonly id: string
  readonly productId: string
  readonly sku: string
  readonly attributes: readonly Attribute[]
  readonly amountMinor: number
  readonly currency: string
  readonly compareAtMinor: number | null
  readonly weightGrams: number | null
  readonly gtin: string | null
  readonly version: number
  readonly archivedAt: Date | null
}

export interface Named {
  readonly id: string
  readonly slug: string
  readonly name: string
}

export interface Seller extends Named {
  readonly country: string | null
  readonly commissionBps: number
  readonly version: number
}

export interface Category extends Named {
  readonly parentId: string | null
  readonly description: string
  /** From the root down to itself. */
  readonly path: readonly string[]
  readonly version: number
}

export interface Collection extends Named {
  readonly description: string
  readonly version: number
}

export class SlugTaken extends ShopError {
  readonly code = 'SLUG_TAKEN'
}

export class SkuTaken extends ShopError {
  readonly code = 'SKU_TAKEN'
}

export class StillInUse extends ShopError {
  readonly code = 'STILL_IN_USE'
}
