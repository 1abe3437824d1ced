import { BadUserInput, NotFound, StaleVersion } from '@shop/kit/errors'
import { newId } from '@shop/kit/ids'
import type { Variant } from './product.ts'
import type { VariantRow } from './rows.ts'
import { type Held, NothingToSell, type ProductNeeds, writable } from './save-product.ts'
import { type VariantInput, variantFrom } from './variant-from.ts'

export interface VariantSaved {
  readonly kind: 'VariantSaved'
  readonly variantId: string
}

export interface VariantNeeds extends ProductNeeds {
  variants: {
    byId(id: string): Promise<Variant | null>
    add(held: Held, row: VariantRow, now: Date): Promise<void>
    /** Tells of the price where it is another. */
    change(before: Variant, row: VariantRow, now: Date): Promise<void>
    archive(variant: Variant, now: Date): Promise<void>
  }
}

export async function createVariant(
  needs: VariantNeeds,
  { productId, ...input }: VariantInput & { productId: string },
): Promise<VariantSaved> {
  const held = await writable(needs, productId)
  if (held.variantIds.length >= 100) throw new BadUserInput('A product has at most 100 variants.')
  const row = { ...variantFrom(input), id: newId() }
  await needs.variants.add(held, row, needs.clock.now())
  return { kind: 'VariantSaved', variantId: row.id }
}

interface UpdateVariant extends Partial<Omit<VariantInput, 'sku' | 'price'>> {
  readonly variantId: string
  readonly expectedVersion: number
  readonly price?: VariantInput['price'] | null | undefined
}

/** The SKU stays: it stands on shelves and in orders. */
export async function updateVariant(
  needs: VariantNeeds,
  { variantId, expectedVersion, ...input }: UpdateVariant,
): Promise<VariantSaved> {
  const before = await heldVariant(needs, variantId)
  if (before.version !== expectedVersion) throw new StaleVersion('It has been changed since.')
  const { price, compareAtPrice, ...rest } = input
  const row = variantFrom({
    sku: before.sku,
    attributes: rest.attributes ?? before.attributes,
    weightGrams: rest.weightGrams === undefined ? before.weightGrams : rest.weightGrams,
    gtin: rest.gtin === undefined ? before.gtin : rest.gtin,
    price: price ?? before,
    compareAtPrice: compareAtPrice === undefined ? compareAtOf(before) : compareAtPrice,
  })
  if (row.currency !== before.currency) throw new BadUserInput('A variant keeps its currency.')
  await needs.variants.change(before, { ...row, id: variantId }, needs.clock.now())
  return { kind: 'VariantSaved', variantId }
}

const compareAtOf = ({ compareAtMinor, currency }: Variant) =>
  compareAtMinor === null ? null : { amountMinor: compareAtMinor, currency }

/** It is no longer sold; orders still find it by its id. */
export async function deleteVariant(
  needs: VariantNeeds,
  { variantId }: { variantId: string },
): Promise<VariantSaved> {
  const variant = await heldVariant(needs, variantId)
  const held = await writable(needs, variant.productId)
  if (variant.archivedAt) return { kind: 'VariantSaved', variantId }
  if (held.status === 'ACTIVE' && held.variantIds.length < 2) {
    throw new NothingToSell('A product on sale keeps its last variant.')
  }
  await needs.variants.archive(variant, needs.clock.now())
  return { kind: 'VariantSaved', variantId }
}

/** The lock is on its product, so the variant is read once that is held. */
async function heldVariant(needs: VariantNeeds, variantId: string): Promise<Variant> {
  const found = await needs.variants.byId(variantId)
  if (!found) throw new NotFound('There is no such variant.')
  await writable(needs, found.productId)
  return (await needs.variants.byId(variantId)) ?? found
}
