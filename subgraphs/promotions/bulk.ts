import { fillOnce } from '@shop/kit/bulk'
import { type Database, openDatabase } from '@shop/kit/database'
import { serviceNamed } from '@shop/kit/identity'
import type { Standing } from '@shop/kit/standing'
import { sql } from 'kysely'
import { countUses, hasPrice, type PastPrice, writePast } from './db/past-prices.ts'
import { rowOf } from './db/promotions.ts'
import type { Tables } from './db/schema.ts'
import { bumped } from './db/version.ts'
import { Vouchers } from './db/vouchers.ts'
import type { Voucher } from './domain/rules.ts'
import { nothing } from './domain/save-promotion.ts'

export type { PastPrice } from './db/past-prices.ts'

/** What a generator makes of a shop's offers. */
export interface MadeOffers {
  /** A share off a category and what lies below it, for a time. */
  readonly promotions: readonly {
    readonly id: string
    readonly name: string
    readonly categoryId: string
    readonly percentOffBps: number
    readonly from: Date
    readonly to: Date
  }[]
  /** Each a promotion of its own: a share off the goods, or the shipping for nothing. */
  readonly vouchers: readonly {
    readonly id: string
    readonly promotionId: string
    readonly name: string
    readonly code: string
    readonly percentOffBps: number | null
    readonly firstOrderOnly: boolean
    readonly from: Date
  }[]
  /** Taxed as food is, with what lies below them. */
  readonly foodCategoryIds: readonly string[]
}

/** Done twice, it is there once; what somebody changed since stays as it is. */
export async function fillPromotions(
  { promotions, vouchers, foodCategoryIds }: MadeOffers,
  { databaseUrl }: { readonly databaseUrl: string },
  standing: Pick<Standing, 'clock' | 'keys' | 'log'>,
): Promise<number> {
  await using db: Database<Tables> = openDatabase(databaseUrl, { ...standing, connections: 1 })
  const ofCategories = promotions.map(({ categoryId, from, to, ...promotion }) => ({
    ...nothing,
    ...promotion,
    kind: 'PERCENT',
    categoryIds: [categoryId],
    startsAt: from,
    endsAt: to,
  }))
  const ofVouchers = vouchers.map(({ promotionId, name, percentOffBps, firstOrderOnly, from }) => ({
    ...nothing,
    id: promotionId,
    name,
    kind: percentOffBps === null ? 'FREE_SHIPPING' : 'PERCENT',
    percentOffBps,
    firstOrderOnly,
    needsVoucher: true,
    startsAt: from,
  }))
  const service = serviceNamed('promotions')
  await db.as(service, async (tx) => {
    const all = [...ofCategories, ...ofVouchers]
    const rows = all.map((promotion) => ({ ...rowOf(promotion), id: promotion.id }))
    await tx
      .insertInto('promotions')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    await new Vouchers(db.joining(tx), service).add(vouchers.map(unlimited))
    await sql`insert into tax_class_goods (good_id, tax_class_id, is_category)
      select good_id, tax_classes.id, true
      from unnest(${[...foodCategoryIds]}::uuid[]) as good_id, tax_classes where code = 'food'
      on conflict do nothing`.execute(tx)
    await bumped.execute(tx)
  })
  return promotions.length + vouchers.length
}

/** All of them, or none. */
export const fillPrices = (
  batches: AsyncIterable<readonly PastPrice[]>,
  { databaseUrl }: { readonly databaseUrl: string },
  standing: Pick<Standing, 'clock' | 'keys' | 'log'>,
): Promise<void> =>
  fillOnce<Tables, PastPrice>(
    {
      ...{ subgraph: 'promotions', databaseUrl, batches, write: writePast, finish: countUses },
      isThere: (tx, { orderId }) => hasPrice(tx, orderId),
    },
    standing,
  )

const unlimited = ({ id, code, promotionId }: MadeOffers['vouchers'][number]): Voucher => ({
  id,
  code,
  promotionId,
  maxUses: null,
  maxUsesPerShopper: null,
  uses: 0,
  endsAt: null,
  version: 1,
})
