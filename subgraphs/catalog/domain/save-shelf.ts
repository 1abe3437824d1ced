import { BadUserInput, NotFound, StaleVersion } from '@shop/kit/errors'
import type { Asked } from '@shop/kit/identity'
import { newId } from '@shop/kit/ids'
import type { Collection, Named, Seller } from './product.ts'
import { slugFrom, textFrom } from './slug.ts'

type Maybe<T> = T | null | undefined

export interface Deleted {
  readonly kind: 'Deleted'
  readonly id: string
}

export interface CollectionSaved {
  readonly kind: 'CollectionSaved'
  readonly collectionId: string
}

export interface TagSaved {
  readonly kind: 'TagSaved'
  readonly tagId: string
}

export interface BrandSaved {
  readonly kind: 'BrandSaved'
  readonly brandId: string
}

export interface SellerSaved {
  readonly kind: 'SellerSaved'
  readonly sellerId: string
}

interface Texts {
  readonly name?: Maybe<string>
  readonly slug?: Maybe<string>
}

type Changes = Partial<Pick<Named, 'slug' | 'name'>>

export interface CollectionChanges extends Changes {
  readonly description?: string
  readonly position?: number
}

export interface SellerChanges extends Changes {
  readonly country?: string | null
  readonly commissionBps?: number
  readonly ownerIds?: readonly string[]
}

export interface ShelfNeeds extends Asked {
  shelf: {
    addNamed(table: 'tags' | 'brands', row: Named): Promise<void>
    changeNamed(table: 'tags' | 'brands', id: string, changes: Changes): Promise<boolean>
    removeTag(id: string): Promise<boolean>
    heldCollection(id: string): Promise<Collection | null>
    addCollection(row: Named & CollectionChanges): Promise<void>
    changeCollection(id: string, changes: CollectionChanges): Promise<void>
    /** In this order; those that are not there are left out. */
    fillCollection(id: string, productIds: readonly string[]): Promise<void>
    removeCollection(id: string): Promise<boolean>
    heldSeller(id: string): Promise<Seller | null>
    addSeller(row: Named & SellerChanges): Promise<void>
    changeSeller(id: string, changes: SellerChanges): Promise<void>
  }
}

const namedFrom = ({ name, slug }: Texts & { name: string }): Named => {
  const text = textFrom(name, 200)
  return { id: newId(), name: text, slug: slugFrom(slug, text) }
}

const changesFrom = ({ name, slug }: Texts): Changes => ({
  ...(name && { name: textFrom(name, 200) }),
  ...(slug && { slug: slugFrom(slug, '') }),
})

export async function createTag({ shelf }: ShelfNeeds, input: Texts & { name: string }) {
  const tag = namedFrom(input)
  await shelf.addNamed('tags', tag)
  return { kind: 'TagSaved', tagId: tag.id } as const
}

export async function updateTag({ shelf }: ShelfNeeds, input: Texts & { tagId: string }) {
  const { tagId } = input
  if (!(await shelf.changeNamed('tags', tagId, changesFrom(input)))) throw absent('tag')
  return { kind: 'TagSaved', tagId } as const
}

/** StillInUse while a product has it. */
export async function deleteTag({ shelf }: ShelfNeeds, { tagId }: { tagId: string }) {
  if (!(await shelf.removeTag(tagId))) throw absent('tag')
  return { kind: 'Deleted', id: tagId } as const
}

export async function createBrand({ shelf }: ShelfNeeds, input: Texts & { name: string }) {
  const brand = namedFrom(input)
  await shelf.addNamed('brands', brand)
  return { kind: 'BrandSaved', brandId: brand.id } as const
}

export async function updateBrand({ shelf }: ShelfNeeds, input: Texts & { brandId: string }) {
  const { brandId } = input
  if (!(await shelf.changeNamed('brands', brandId, changesFrom(input)))) throw absent('brand')
  return { kind: 'BrandSaved', brandId } as const
}

interface CollectionInput extends Texts {
  readonly description?: Maybe<string>
  readonly position?: Maybe<number>
  /** All of it, in its order. */
  readonly productIds?: Maybe<readonly string[]>
}

export async function createCollection(
  { shelf }: ShelfNeeds,
  input: CollectionInput & { name: string },
) {
  const { productIds, ...changes } = collectionChanges(input)
  const row = { ...changes, ...namedFrom(input) }
  await shelf.addCollection(row)
  if (productIds) await shelf.fillCollection(row.id, productIds)
  return { kind: 'CollectionSaved', collectionId: row.id } as const
}

export async function updateCollection(
  { shelf }: ShelfNeeds,
  input: CollectionInput & { collectionId: string; expectedVersion: number },
) {
  const { collectionId, expectedVersion } = input
  const held = await shelf.heldCollection(collectionId)
  if (!held) throw absent('collection')
  if (held.version !== expectedVersion) throw new StaleVersion('It has been changed since.')
  const { productIds, ...changes } = collectionChanges(input)
  await shelf.changeCollection(collectionId, changes)
  if (productIds) await shelf.fillCollection(collectionId, productIds)
  return { kind: 'CollectionSaved', collectionId } as const
}

export async function deleteCollection(
  { shelf }: ShelfNeeds,
  { collectionId }: { collectionId: string },
) {
  if (!(await shelf.removeCollection(collectionId))) throw absent('collection')
  return { kind: 'Deleted', id: collectionId } as const
}

function collectionChanges({ description, position, productIds, ...texts }: CollectionInput) {
  if ((productIds?.length ?? 0) > 1000) {
    throw new BadUserInput('A collection has at most 1,000 products.')
  }
  return {
    ...changesFrom(texts),
    ...(typeof description === 'string' && {
      description: description.trim() && textFrom(description, 5000),
    }),
    ...(typeof position === 'number' && { position }),
    ...(productIds && { productIds }),
  }
}

interface SellerInput extends Texts {
  readonly country?: Maybe<string>
  readonly commissionBps?: Maybe<number>
  readonly ownerIds?: Maybe<readonly string[]>
}

export async function createSeller({ shelf }: ShelfNeeds, input: SellerInput & { name: string }) {
  const row = { ...sellerChanges(input), ...namedFrom(input) }
  await shelf.addSeller(row)
  return { kind: 'SellerSaved', sellerId: row.id } as const
}

export async function updateSeller(
  { shelf }: ShelfNeeds,
  input: SellerInput & { sellerId: string; expectedVersion: number },
) {
  const { sellerId, expectedVersion } = input
  const held = await shelf.heldSeller(sellerId)
  if (!held) throw absent('seller')
  if (held.version !== expectedVersion) throw new StaleVersion('It has been changed since.')
  await shelf.changeSeller(sellerId, sellerChanges(input))
  return { kind: 'SellerSaved', sellerId } as const
}

function sellerChanges({ country, commissionBps, ownerIds, ...texts }: SellerInput): SellerChanges {
  if (country && !/^[A-Z]{2}$/.test(country)) throw new BadUserInput('A country is as in ISO 3166.')
  if (typeof commissionBps === 'number' && (commissionBps < 0 || commissionBps > 10_000)) {
    throw new BadUserInput('A commission is from 0 to 10,000 hundredths of a per cent.')
  }
  if ((ownerIds?.length ?? 0) > 50) throw new BadUserInput('A seller has at most 50 owners.')
  return {
    ...changesFrom(texts),
    ...(country !== undefined && { country }),
    ...(typeof commissionBps === 'number' && { commissionBps }),
    ...(ownerIds && { ownerIds }),
  }
}

const absent = (what: string) => new NotFound(`There is no such ${what}.`)
