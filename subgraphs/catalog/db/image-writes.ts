import type { Database } from '@shop/kit/database'
import { announce } from '@shop/kit/events'
import type { Identity } from '@shop/kit/identity'
import { isId } from '@shop/kit/ids'
import { sql } from 'kysely'
import type { Image, Picture } from '../domain/picture.ts'
import { imageAdded } from '../events.ts'
import { changed } from './changed.ts'
import { imageColumns } from './parts.ts'
import type { Tables } from './schema.ts'

/** Changes of images, whose product is locked. */
export class ImageWrites {
  readonly #db: Database<Tables>
  readonly #caller: Identity

  constructor(db: Database<Tables>, caller: Identity) {
    this.#db = db
    this.#caller = caller
  }

  async byId(id: string): Promise<Image | null> {
    if (!isId(id)) return null
    const found = this.#db.selectFrom('product_images').where('id', '=', id)
    return (await found.select(imageColumns).executeTakeFirst()) ?? null
  }

  async idsOf(productId: string): Promise<string[]> {
    const images = this.#db
      .selectFrom('product_images')
      .where('product_id', '=', productId)
      .orderBy('position')
      .orderBy('id')
    return (await images.select('id').execute()).map(({ id }) => id)
  }

  add(
    { id, productId, alt }: Omit<Image, 'drawing' | 'renditions'>,
    { renditions, width, height }: Picture,
    now: Date,
  ): Promise<void> {
    return this.#db.as(this.#caller, async (tx) => {
      await tx
        .insertInto('product_images')
        .values({
          id,
          product_id: productId,
          alt,
          position: 0,
          drawing: null,
          renditions: JSON.stringify(renditions),
          width,
          height,
          created_at: now,
        })
        .execute()
      const data = { productId, imageId: id }
      await announce(tx, imageAdded, [{ aggregateId: productId, occurredAt: now, data }])
    })
  }

  describe({ id, productId }: Image, alt: string, now: Date): Promise<void> {
    return this.#db.as(this.#caller, async (tx) => {
      await tx.updateTable('product_images').set({ alt }).where('id', '=', id).execute()
      await changed(tx, [productId], now)
    })
  }

  order(productId: string, ids: readonly string[], now: Date): Promise<void> {
    return this.#db.as(this.#caller, async (tx) => {
      await sql`
        update product_images set position = put.position - 1
        from unnest(${[...ids]}::uuid[]) with ordinality as put(id, position)
        where product_images.id = put.id and product_id = ${productId}`.execute(tx)
      await changed(tx, [productId], now)
    })
  }

  remove({ id, productId }: Image, now: Date): Promise<void> {
    return this.#db.as(this.#caller, async (tx) => {
      await tx.deleteFrom('product_images').where('id', '=', id).execute()
      await changed(tx, [productId], now)
    })
  }
}
