/** What the streams of the demo shop are made of. Money is in whole cents of the euro. */

export interface AttributeDefinition {
  readonly key: string
  readonly name: string
  readonly type: 'text' | 'number' | 'boolean' | 'enum'
  readonly unit: string | null
  readonly options: readonly string[]
  /** True where variants of one product differ by it. */
  readonly ofVariants: boolean
}

export interface Category {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly parentId: string | null
  readonly level: 1 | 2 | 3
  readonly position: number
  /** Empty but for leaves. */
  readonly attributes: readonly AttributeDefinition[]
}

export interface Named {
  readonly id: string
  readonly slug: string
  readonly name: string
}

export interface Attribute {
  readonly key: string
  readonly value: string | number | boolean
}

export interface Variant {
  readonly id: string
  readonly sku: string
  readonly gtin: string
  readonly attributes: readonly Attribute[]
  /** The price today. */
  readonly amountMinor: number
  /** The list price, where today's is well below it. */
  readonly compareAtMinor: number | null
  readonly listMinor: number
  readonly weightGrams: number
}

/** What to draw: `drawImage` needs nothing else. */
export interface Image {
  readonly id: string
  readonly alt: string
  readonly silhouette: string
  readonly colour: string
  readonly background: string
  readonly view: 'front' | 'turned' | 'close' | 'pair'
}

export interface Product {
  readonly id: string
  readonly number: number
  readonly slug: string
  readonly name: string
  readonly description: string
  readonly brandId: string
  readonly sellerId: string
  readonly categoryId: string
  readonly tags: readonly string[]
  readonly attributes: readonly Attribute[]
  readonly status: 'ACTIVE' | 'DRAFT' | 'ARCHIVED'
  readonly createdAt: Date
  readonly archivedAt: Date | null
  readonly variants: readonly Variant[]
  readonly images: readonly Image[]
}

/** What the price of a product was: shares of the list price, each from a day on. */
export interface PriceChange {
  readonly from: Date
  readonly share: number
}

export interface Options {
  readonly seed: number
  /** The last midnight of the made-up history, UTC. */
  readonly until: Date
  /** When the orders stop: at that midnight, or at a moment of the day after it. */
  readonly end: Date
  readonly products: number
  readonly customers: number
  /** About so many orders; the number comes by chance. */
  readonly orders: number
}

export const dayMs = 86_400_000

/** Eighteen months. */
export const historyDays = 548

export const defaults = { seed: 1, products: 1200, customers: 5000, orders: 60_000 }

export const historyStart = ({ until }: Pick<Options, 'until'>) =>
  until.getTime() - historyDays * dayMs

/** When the shop itself opened: three years before the end. */
export const openedAt = ({ until }: Pick<Options, 'until'>) => until.getTime() - 1096 * dayMs

export const slugOf = (text: string) =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f’']/g, '')
    .toLowerCase()
    .replace(/&/g, 'and')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
