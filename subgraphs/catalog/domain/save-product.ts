import type { Clock } from '@shop/kit/clock'
import { BadUserInput, NotFound, ShopError, StaleVersion } from '@shop/kit/errors'
import { type Asked, hasScope, viewerIn } from '@shop/kit/identity'
import { newId } from '@shop/kit/ids'
import { type AttributeInput, attributesFrom } from './attributes.ts'
import type { Status } from './product.ts'
import type { ProductRow } from './rows.ts'
import { slugFrom, textFrom } from './slug.ts'
import { type VariantInput, variantsFrom } from './variant-from.ts'

/** A product that this transaction has locked. */
export interface Held {
  readonly id: string
  readonly sellerId: string | null
  readonly status: Status
  readonly version: number
  /** Those that can be bought. */
  readonly variantIds: readonly string[]
}

export type ProductChanges = Partial<
  Pick<
    ProductRow,
    | 'slug'
    | 'name'
    | 'description'
    | 'brandId'
    | 'sellerId'
    | 'categoryIds'
    | 'tagIds'
    | 'attributes'
    | 'status'
    | 'isFeatured'
  >
>

export interface ProductSaved {
  readonly kind: 'ProductSaved'
  readonly productId: string
}

export class NothingToSell extends ShopError {
  readonly code = 'NOTHING_TO_SELL'
}

export interface Owning extends Asked {
  sellers: { ownedBy(userId: string): Promise<readonly string[]> }
}

export interface ProductNeeds extends Owning {
  clock: Clock
  products: {
    held(id: string): Promise<Held | null>
    write(row: ProductRow, now: Date): Promise<void>
    change(id: string, changes: ProductChanges, now: Date): Promise<void>
    archive(held: Held, now: Date): Promise<void>
  }
}

type Maybe<T> = T | null | undefined

interface ProductInput {
  readonly name?: Maybe<string>
  readonly slug?: Maybe<string>
  readonly description?: Maybe<string>
  readonly brandId?: Maybe<string>
  readonly sellerId?: Maybe<string>
  readonly categoryIds?: Maybe<readonly string[]>
  readonly tagIds?: Maybe<readonly string[]>
  readonly attributes?: Maybe<readonly AttributeInput[]>
  readonly status?: Maybe<Status>
  readonly isFeatured?: Maybe<boolean>
}

interface CreateProduct extends ProductInput {
  readonly name: string
  readonly variants?: Maybe<readonly VariantInput[]>
}

export async function createProduct(
  needs: ProductNeeds,
  input: CreateProduct,
): Promise<ProductSaved> {
  await mustOwn(needs, input.sellerId ?? null)
  const id = newId()
  const now = needs.clock.now()
  const row: ProductRow = {
    id,
    slug: slugFrom(input.slug, input.name),
    brandId: null,
    sellerId: null,
    description: '',
    categoryIds: [],
    tagIds: [],
    attributes: [],
    status: 'DRAFT',
    isFeatured: false,
    createdAt: now,
    archivedAt: null,
    digest: null,
    images: [],
    ...changesFrom(input),
    name: textFrom(input.name, 300),
    variants: variantsFrom(input.variants ?? []),
  }
  mustHaveToSell(row.status, row.variants.length)
  await needs.products.write(row, now)
  return { kind: 'ProductSaved', productId: id }
}

interface UpdateProduct extends ProductInput {
  readonly productId: string
  readonly expectedVersion: number
}

export async function updateProduct(
  needs: ProductNeeds,
  { productId, expectedVersion, ...input }: UpdateProduct,
): Promise<ProductSaved> {
  const held = await writable(needs, productId)
  if (held.version !== expectedVersion) throw new StaleVersion('It has been changed since.')
  if (input.sellerId !== undefined) await mustOwn(needs, input.sellerId)
  const changes = changesFrom(input)
  mustHaveToSell(changes.status ?? held.status, held.variantIds.length)
  await needs.products.change(productId, changes, needs.clock.now())
  return { kind: 'ProductSaved', productId }
}

/** It is no longer listed or sold; orders and links still find it. What is archived stays so. */
export async function archiveProduct(
  needs: ProductNeeds,
  { productId }: { productId: string },
): Promise<ProductSaved> {
  const held = await writable(needs, productId)
  if (held.status !== 'ARCHIVED') await needs.products.archive(held, needs.clock.now())
  return { kind: 'ProductSaved', productId }
}

/** Locked, for whoever may write it; to anybody else it is not there. */
export async function writable(
  needs: Owning & { products: Pick<ProductNeeds['products'], 'held'> },
  productId: string,
): Promise<Held> {
  const held = await needs.products.held(productId)
  if (!held) throw new NotFound('There is no such product.')
  await mustOwn(needs, held.sellerId)
  return held
}

/** Staff of the catalogue, or an owner of this seller. */
async function mustOwn({ identity, sellers }: Owning, sellerId: string | null): Promise<void> {
  if (hasScope(identity, 'catalog:write')) return
  const own = hasScope(identity, 'vendor:own') ? await sellers.ownedBy(viewerIn({ identity })) : []
  if (!sellerId || !own.includes(sellerId)) throw new NotFound('There is no such product.')
}

function mustHaveToSell(status: Status, variants: number): void {
  if (status === 'ACTIVE' && variants === 0) {
    throw new NothingToSell('A product on sale has a variant.')
  }
}

/** What was given, checked; what was not given is not there. Null clears a brand or a seller. */
function changesFrom({ brandId, sellerId, ...input }: ProductInput): ProductChanges {
  const { attributes, status, isFeatured } = input
  if (status === 'ARCHIVED') throw new BadUserInput('To archive a product, use archiveProduct.')
  return {
    ...(brandId !== undefined && { brandId }),
    ...(sellerId !== undefined && { sellerId }),
    ...(status && { status }),
    ...(typeof isFeatured === 'boolean' && { isFeatured }),
    ...textsFrom(input),
    ...placesFrom(input),
    ...(attributes && { attributes: attributesFrom(attributes) }),
  }
}

function placesFrom({ categoryIds, tagIds }: ProductInput): ProductChanges {
  if ((categoryIds?.length ?? 0) > 20 || (tagIds?.length ?? 0) > 50) {
    throw new BadUserInput('A product has at most 20 categories and 50 tags.')
  }
  return { ...(categoryIds && { categoryIds }), ...(tagIds && { tagIds }) }
}

function textsFrom({ name, slug, description }: ProductInput): ProductChanges {
  return {
    ...(name && { name: textFrom(name, 300) }),
    ...(slug && { slug: slugFrom(slug, '') }),
    ...(typeof description === 'string' && {
      description: description.trim() && textFrom(description, 20_000),
    }),
  }
}
