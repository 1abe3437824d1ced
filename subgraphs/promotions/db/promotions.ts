import type { Connection, Database, Page } from '@shop/kit/database'
import { announce } from '@shop/kit/events'
import type { Identity } from '@shop/kit/identity'
import { isId } from '@shop/kit/ids'
import type { Sort } from '@shop/kit/pagination'
import { sql } from 'kysely'
import type { Promotion } from '../domain/rules.ts'
import { promotionChanged } from '../events.ts'
import type { Tables } from './schema.ts'
import { bumped } from './version.ts'

export const promotionColumns = [
  'id',
  'name',
  'kind',
  'percent_off_bps as percentOffBps',
  'amounts',
  'per_item as perItem',
  'product_ids as productIds',
  'category_ids as categoryIds',
  'min_quantity as minQuantity',
  'min_subtotals as minSubtotals',
  'first_order_only as firstOrderOnly',
  'needs_voucher as needsVoucher',
  'priority',
  'stacking',
  'starts_at as startsAt',
  'ends_at as endsAt',
  'version',
] as const

const newest: Sort = {
  name: 'newest',
  by: sql`starts_at`,
  type: 'timestamptz',
  descending: true,
}

export class Promotions {
  readonly #db: Database<Tables>
  readonly #caller: Identity

  constructor(db: Database<Tables>, caller: Identity) {
    this.#db = db
    this.#caller = caller
  }

  withIds(ids: readonly string[]): Promise<Promotion[]> {
    return this.#db
      .selectFrom('promotions')
      .where('id', 'in', ids)
      .select(promotionColumns)
      .execute()
  }

  async withId(id: string): Promise<Promotion | null> {
    return isId(id) ? ((await this.withIds([id]))[0] ?? null) : null
  }

  page(page: Page, runningAt?: Date | null): Promise<Connection<Promotion>> {
    const all = this.#db.selectFrom('promotions').select(promotionColumns)
    const asked = runningAt
      ? all
          .where('starts_at', '<=', runningAt)
          .where((eb) => eb.or([eb('ends_at', 'is', null), eb('ends_at', '>', runningAt)]))
      : all
    return this.#db.page(asked, { page, sort: newest })
  }

  add(promotion: Promotion, now: Date): Promise<void> {
    return this.#db.as(this.#caller, async (tx) => {
      const { id, version } = promotion
      await tx
        .insertInto('promotions')
        .values({ ...rowOf(promotion), id, version })
        .execute()
      await bumped.execute(tx)
      await announce(tx, promotionChanged, [happening(id, now)])
    })
  }

  /** False where it was changed since the version before this one. */
  change(promotion: Promotion, now: Date): Promise<boolean> {
    return this.#db.as(this.#caller, async (tx) => {
      const { id, version } = promotion
      const { numUpdatedRows } = await tx
        .updateTable('promotions')
        .set({ ...rowOf(promotion), version })
        .where('id', '=', id)
        .where('version', '=', version - 1)
        .executeTakeFirst()
      if (numUpdatedRows === 0n) return false
      await bumped.execute(tx)
      await announce(tx, promotionChanged, [happening(id, now)])
      return true
    })
  }
}

const happening = (id: string, occurredAt: Date) => ({
  aggregateId: id,
  occurredAt,
  data: { promotionId: id },
})

export const rowOf = (promotion: Promotion) => ({
  name: promotion.name,
  kind: promotion.kind,
  percent_off_bps: promotion.percentOffBps,
  amounts: JSON.stringify(promotion.amounts),
  per_item: promotion.perItem,
  product_ids: [...promotion.productIds],
  category_ids: [...promotion.categoryIds],
  min_quantity: promotion.minQuantity,
  min_subtotals: JSON.stringify(promotion.minSubtotals),
  first_order_only: promotion.firstOrderOnly,
  needs_voucher: promotion.needsVoucher,
  priority: promotion.priority,
  stacking: promotion.stacking,
  starts_at: promotion.startsAt,
  ends_at: promotion.endsAt,
})
