import type { Money } from '@shop/kit/money'

/** What a promotion gives. What its kind does not take is null, empty or false. */
export interface Reward {
  readonly kind: string
  readonly percentOffBps: number | null
  /** At most one a currency: what is taken off, or the most that is. */
  readonly amounts: readonly Money[]
  /** Taken off each item, not off the whole. */
  readonly perItem: boolean
}

/** All of them are met, or nothing is given. */
export interface Conditions {
  /** These products, and those in these categories and below; none of either is the whole shop. */
  readonly productIds: readonly string[]
  readonly categoryIds: readonly string[]
  /** Of those, so many together. */
  readonly minQuantity: number | null
  /** Of the whole cart at list prices. Where there are some, none for a currency is not met. */
  readonly minSubtotals: readonly Money[]
  readonly firstOrderOnly: boolean
}

/** EXCLUSIVE: what it takes from, no other does. */
export type Stacking = 'STACKS' | 'EXCLUSIVE'

export interface Promotion extends Reward, Conditions {
  readonly id: string
  readonly name: string
  readonly needsVoucher: boolean
  /** The smallest first; of two, the one that was made first. */
  readonly priority: number
  readonly stacking: Stacking
  readonly startsAt: Date
  /** Not included. */
  readonly endsAt: Date | null
  readonly version: number
}

export interface Voucher {
  readonly id: string
  readonly code: string
  readonly promotionId: string
  readonly maxUses: number | null
  readonly maxUsesPerShopper: number | null
  readonly uses: number
  readonly endsAt: Date | null
  readonly version: number
}

/** As it stands for one shopper. */
export interface VoucherOf extends Voucher {
  readonly usesOfShopper: number
}

/** The first that fits is the price. */
export interface ShippingRate {
  /** None is everywhere. */
  readonly countries: readonly string[]
  /** None is the whole country. */
  readonly regions: readonly string[]
  /** Included, and not included. */
  readonly fromGrams: number
  readonly toGrams: number | null
  /** Of the goods, as they are paid. */
  readonly fromMinor: number
  readonly toMinor: number | null
  readonly amountMinor: number
  readonly currency: string
}

export interface ShippingMethod {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly minDays: number
  readonly maxDays: number
  readonly rates: readonly ShippingRate[]
  readonly position: number
  readonly endedAt: Date | null
  readonly version: number
}

export interface TaxRate {
  readonly country: string
  /** Null is the rest of the country. */
  readonly region: string | null
  readonly rateBps: number
}

export interface TaxClass {
  readonly id: string
  readonly code: string
  readonly name: string
  /** Of whatever no class names, and of shipping. */
  readonly isDefault: boolean
  readonly productIds: readonly string[]
  readonly categoryIds: readonly string[]
  readonly rates: readonly TaxRate[]
  readonly version: number
}

export interface PriceSettings {
  readonly pricesIncludeTax: boolean
  readonly homeCountry: string
  readonly version: number
}

/** All that a price is made of, of one version. */
export interface Rules {
  readonly settings: PriceSettings
  readonly promotions: readonly Promotion[]
  readonly shippingMethods: readonly ShippingMethod[]
  readonly taxClasses: readonly TaxClass[]
}

export const amountIn = (amounts: readonly Money[], currency: string): number | null =>
  amounts.find((amount) => amount.currency === currency)?.amountMinor ?? null

export const isRunning = (
  { startsAt, endsAt }: Pick<Promotion, 'startsAt' | 'endsAt'>,
  now: Date,
): boolean => startsAt <= now && (endsAt === null || now < endsAt)
