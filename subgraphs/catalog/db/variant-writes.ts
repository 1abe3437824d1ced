import type { Database } from '@shop/kit/database'
import { announce } from '@shop/kit/events'
import type { Identity } from '@shop/kit/identity'
import { isId } from '@shop/kit/ids'
import { sql } from 'kysely'
import type { Variant } from '../domain/product.ts'
import type { VariantRow } from '../domain/rows.ts'
import type { Held } from '../domain/save-product.ts'
import { variantPriceChanged } from '../events.ts'
import { changed } from './changed.ts'
import { variantColumns } from './parts.ts'
import { refusing } from './refusals.ts'
import type { Tables } from './schema.ts'

/** Changes of a variant, whose product is locked. */
export class VariantWrites {
  readonly #db: Database<Tables>
  readonly #caller: Identity

  constructor(db: Database<Tables>, caller: Identity) {
    this.#db = db
    this.#caller = caller
  }

  async byId(id: string): Promise<Variant | null> {
    if (!isId(id)) return null
    const found = this.#db.selectFrom('product_variants').where('id', '=', id)
    return (await found.select(variantColumns).executeTakeFirst()) ?? null
  }

  add({ id: productId }: Held, row: VariantRow, now: Date): Promise<void> {
    return this.#db.as(this.#caller, async (tx) => {
      const insert = tx.insertInto('product_variants').values({
        ...columnsOf(row),
        id: row.id,
        product_id: productId,
        sku: row.sku,
        currency: row.currency,
        position: sql<number>`(select coalesce(max(position), -1) + 1 from product_variants
          where product_id = ${productId})`,
      })
      await refusing(insert.execute())
      await changed(tx, [productId], now)
    })
  }

  change(before: Variant, row: VariantRow, now: Date): Promise<void> {
    const { productId } = before
    return this.#db.as(this.#caller, async (tx) => {
      await tx
        .updateTable('product_variants')
        .set((eb) => ({ ...columnsOf(row), version: eb('version', '+', 1) }))
        .where('id', '=', row.id)
        .execute()
      await changed(tx, [productId], now)
      if (row.amountMinor === before.amountMinor) return
      const data = {
        productId,
        variantId: row.id,
        amountMinor: row.amountMinor,
        wasMinor: before.amountMinor,
        currency: row.currency,
      }
      await announce(tx, variantPriceChanged, [{ aggregateId: productId, occurredAt: now, data }])
    })
  }

  archive({ id, productId }: Variant, now: Date): Promise<void> {
    return this.#db.as(this.#caller, async (tx) => {
      await tx
        .updateTable('product_variants')
        .set((eb) => ({ archived_at: now, version: eb('version', '+', 1) }))
        .where('id', '=', id)
        .execute()
      await changed(tx, [productId], now)
    })
  }
}

const columnsOf = (row: VariantRow) => ({
  attributes: JSON.stringify(row.attributes),
  amount_minor: row.amountMinor,
  compare_at_minor: row.compareAtMinor,
  weight_grams: row.weightGrams,
  gtin: row.gtin,
})
