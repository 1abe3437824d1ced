import { BadUserInput } from '@shop/kit/errors'
import { newId } from '@shop/kit/ids'
import type { Money } from '@shop/kit/money'
import { type AttributeInput, attributesFrom } from './attributes.ts'
import { isGtin } from './gtin.ts'
import type { VariantRow } from './rows.ts'
import { isText } from './slug.ts'

export interface VariantInput {
  readonly sku: string
  readonly price: Money
  readonly compareAtPrice?: Money | null | undefined
  readonly attributes?: readonly AttributeInput[] | null | undefined
  readonly weightGrams?: number | null | undefined
  readonly gtin?: string | null | undefined
}

/** Refuses what no variant can be, in words that fit a line of an import as well. */
export function variantFrom(given: VariantInput): VariantRow {
  const { price, compareAtPrice, weightGrams = null, gtin = null } = given
  mustBePrice(price, compareAtPrice ?? null)
  if (weightGrams !== null && !(Number.isInteger(weightGrams) && within(weightGrams, 1e9))) {
    throw new BadUserInput('The weight is a whole number of grams.')
  }
  if (gtin !== null && !isGtin(gtin)) throw new BadUserInput('This is no GTIN.')
  return {
    id: newId(),
    sku: skuFrom(given.sku),
    attributes: attributesFrom(given.attributes ?? []),
    amountMinor: price.amountMinor,
    currency: price.currency,
    compareAtMinor: compareAtPrice?.amountMinor ?? null,
    weightGrams,
    gtin,
  }
}

const within = (value: number, most: number) => value >= 0 && value <= most

function mustBePrice({ amountMinor, currency }: Money, compareAt: Money | null): void {
  if (!(Number.isSafeInteger(amountMinor) && within(amountMinor, 1e14))) {
    throw new BadUserInput('A price is from 0 to 10^14 of the smallest unit.')
  }
  if (!compareAt) return
  const isHigher = compareAt.amountMinor > amountMinor && within(compareAt.amountMinor, 1e14)
  if (compareAt.currency !== currency || !isHigher) {
    throw new BadUserInput('The price to compare with is higher, and of the same currency.')
  }
}

export function skuFrom(given: string): string {
  const sku = given.trim()
  if (!/^[\w./+#: -]{1,100}$/u.test(sku) || !isText(sku)) {
    throw new BadUserInput('A SKU has 1 to 100 letters, digits and . _ - / + # :')
  }
  return sku
}

/** One to a hundred, no SKU twice, one currency. */
export function variantsFrom(given: readonly VariantInput[]): VariantRow[] {
  if (given.length > 100) throw new BadUserInput('A product has at most 100 variants.')
  const variants = given.map(variantFrom)
  const skus = new Set(variants.map(({ sku }) => sku))
  const currencies = new Set(variants.map(({ currency }) => currency))
  if (skus.size < variants.length) throw new BadUserInput('A SKU is there twice.')
  if (currencies.size > 1) throw new BadUserInput('The variants of a product have one currency.')
  return variants
}
