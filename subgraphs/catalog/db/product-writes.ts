import type { Database, Tx } from '@shop/kit/database'
import { BadUserInput } from '@shop/kit/errors'
import { announce } from '@shop/kit/events'
import type { Identity } from '@shop/kit/identity'
import { isId } from '@shop/kit/ids'
import type { ProductRow } from '../domain/rows.ts'
import type { Held, ProductChanges } from '../domain/save-product.ts'
import { productArchived } from '../events.ts'
import { writeProducts } from './bulk-products.ts'
import { changed } from './changed.ts'
import { refusing } from './refusals.ts'
import type { Tables } from './schema.ts'

/** Changes of one product; whoever changes it has it locked until the end of the transaction. */
export class ProductWrites {
  readonly #db: Database<Tables>
  readonly #caller: Identity

  constructor(db: Database<Tables>, caller: Identity) {
    this.#db = db
    this.#caller = caller
  }

  async held(id: string): Promise<Held | null> {
    if (!isId(id)) return null
    return this.#db.as(this.#caller, async (tx) => {
      const product = await tx
        .selectFrom('products')
        .where('id', '=', id)
        .select(['id', 'seller_id as sellerId', 'status', 'version'])
        .forUpdate()
        .executeTakeFirst()
      if (!product) return null
      const variants = await tx
        .selectFrom('product_variants')
        .where('product_id', '=', id)
        .where('archived_at', 'is', null)
        .select('id')
        .execute()
      return { ...product, variantIds: variants.map((variant) => variant.id) }
    })
  }

  write(row: ProductRow, now: Date): Promise<void> {
    mustBeIds([row.brandId, row.sellerId, ...row.categoryIds, ...row.tagIds])
    return this.#db.as(this.#caller, (tx) => refusing(writeProducts(tx, [row], now)))
  }

  change(id: string, changes: ProductChanges, now: Date): Promise<void> {
    const { brandId, sellerId, categoryIds, tagIds, attributes, isFeatured, ...rest } = changes
    mustBeIds([brandId, sellerId, ...(categoryIds ?? []), ...(tagIds ?? [])])
    return this.#db.as(this.#caller, async (tx) => {
      const update = tx.updateTable('products').set((eb) => ({
        ...rest,
        ...(brandId !== undefined && { brand_id: brandId }),
        ...(sellerId !== undefined && { seller_id: sellerId }),
        ...(attributes && { attributes: JSON.stringify(attributes) }),
        ...(isFeatured !== undefined && { is_featured: isFeatured }),
        ...(rest.status && { archived_at: null }),
        version: eb('version', '+', 1),
      }))
      await refusing(update.where('id', '=', id).execute())
      if (categoryIds) await refusing(placeIn(tx, id, categoryIds))
      if (tagIds) await refusing(tagWith(tx, id, tagIds))
      await changed(tx, [id], now)
    })
  }

  archive({ id, variantIds }: Held, now: Date): Promise<void> {
    return this.#db.as(this.#caller, async (tx) => {
      await tx
        .updateTable('products')
        .set((eb) => ({
          status: 'ARCHIVED',
          archived_at: now,
          version: eb('version', '+', 1),
        }))
        .where('id', '=', id)
        .execute()
      await changed(tx, [id], now)
      const data = { productId: id, variantIds: [...variantIds] }
      await announce(tx, productArchived, [{ aggregateId: id, occurredAt: now, data }])
    })
  }
}

/** An id that is not ours names nothing, just as one that nobody has. */
function mustBeIds(ids: readonly (string | null | undefined)[]): void {
  const unknown = ids.some((id) => typeof id === 'string' && !isId(id))
  if (unknown) throw new BadUserInput('It names something that is not there.')
}

async function placeIn(tx: Tx<Tables>, productId: string, ids: readonly string[]): Promise<void> {
  await tx.deleteFrom('product_categories').where('product_id', '=', productId).execute()
  const rows = [...new Set(ids)].map((id, position) => ({
    product_id: productId,
    category_id: id,
    position,
  }))
  if (rows.length > 0) await tx.insertInto('product_categories').values(rows).execute()
}

async function tagWith(tx: Tx<Tables>, productId: string, ids: readonly string[]): Promise<void> {
  await tx.deleteFrom('product_tags').where('product_id', '=', productId).execute()
  const rows = [...new Set(ids)].map((id) => ({ product_id: productId, tag_id: id }))
  if (rows.length > 0) await tx.insertInto('product_tags').values(rows).execute()
}
