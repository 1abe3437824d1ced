import type { Database } from '@shop/kit/database'
import type { Identity } from '@shop/kit/identity'
import { isId } from '@shop/kit/ids'
import type { ShippingMethod } from '../domain/rules.ts'
import type { Tables } from './schema.ts'
import { bumped } from './version.ts'

export const methodColumns = [
  'id',
  'code',
  'name',
  'min_days as minDays',
  'max_days as maxDays',
  'rates',
  'position',
  'ended_at as endedAt',
  'version',
] as const

export class ShippingMethods {
  readonly #db: Database<Tables>
  readonly #caller: Identity

  constructor(db: Database<Tables>, caller: Identity) {
    this.#db = db
    this.#caller = caller
  }

  async withId(id: string): Promise<ShippingMethod | null> {
    if (!isId(id)) return null
    const found = this.#db.selectFrom('shipping_methods').where('id', '=', id)
    return (await found.select(methodColumns).executeTakeFirst()) ?? null
  }

  async count(): Promise<number> {
    const running = this.#db.selectFrom('shipping_methods').where('ended_at', 'is', null)
    return (await running.select('id').execute()).length
  }

  /** False where the code is taken. */
  add(method: ShippingMethod): Promise<boolean> {
    return this.#db.as(this.#caller, async (tx) => {
      const { numInsertedOrUpdatedRows } = await tx
        .insertInto('shipping_methods')
        .values({ ...rowOf(method), id: method.id, code: method.code, version: method.version })
        .onConflict((conflict) => conflict.column('code').doNothing())
        .executeTakeFirst()
      await bumped.execute(tx)
      return numInsertedOrUpdatedRows === 1n
    })
  }

  /** False where it was changed since the version before this one. */
  change(method: ShippingMethod): Promise<boolean> {
    return this.#db.as(this.#caller, async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable('shipping_methods')
        .set({ ...rowOf(method), version: method.version })
        .where('id', '=', method.id)
        .where('version', '=', method.version - 1)
        .executeTakeFirst()
      await bumped.execute(tx)
      return numUpdatedRows === 1n
    })
  }
}

const rowOf = (method: ShippingMethod) => ({
  name: method.name,
  min_days: method.minDays,
  max_days: method.maxDays,
  rates: JSON.stringify(method.rates),
  position: method.position,
  ended_at: method.endedAt,
})
