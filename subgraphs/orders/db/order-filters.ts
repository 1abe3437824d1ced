import { isId } from '@shop/kit/ids'
import type { Sort } from '@shop/kit/pagination'
import { sql } from 'kysely'
import type { OrderStatus } from '../domain/order.ts'
import { closed } from '../domain/order-machine.ts'

export type OrderSort = 'NEWEST' | 'OLDEST' | 'TOTAL_HIGHEST' | 'TOTAL_LOWEST'

export interface OrdersFilter {
  readonly status?: readonly OrderStatus[] | null | undefined
  readonly closed?: boolean | null | undefined
  readonly placedAfter?: Date | null | undefined
  readonly placedBefore?: Date | null | undefined
  readonly customerId?: string | null | undefined
  readonly number?: string | null | undefined
  readonly variantId?: string | null | undefined
}

const byTime = { by: sql`placed_at`, type: 'timestamptz' } as const
const byTotal = { by: sql`total_minor`, type: 'bigint' } as const

const sorts: Readonly<Record<OrderSort, Sort>> = {
  NEWEST: { name: 'NEWEST', ...byTime, descending: true },
  OLDEST: { name: 'OLDEST', ...byTime },
  TOTAL_HIGHEST: { name: 'TOTAL_HIGHEST', ...byTotal, descending: true },
  TOTAL_LOWEST: { name: 'TOTAL_LOWEST', ...byTotal },
}

export const sortOf = (sort: OrderSort): Sort => sorts[sort]

/** What no filter names is in. */
export function filtered<Q extends { where(condition: ReturnType<typeof sql<boolean>>): Q }>(
  all: Q,
  filter: OrdersFilter,
): Q {
  return conditionsOf(filter).reduce((left, condition) => left.where(condition), all)
}

function conditionsOf(filter: OrdersFilter) {
  const { status, closed: isClosed, placedAfter, placedBefore, customerId, number } = filter
  const { variantId } = filter
  return [
    status ? sql<boolean>`status = any(${status}::text[])` : null,
    typeof isClosed === 'boolean'
      ? sql<boolean>`(status = any(${closed}::text[])) = ${isClosed}`
      : null,
    placedAfter ? sql<boolean>`placed_at > ${placedAfter}` : null,
    placedBefore ? sql<boolean>`placed_at < ${placedBefore}` : null,
    customerId ? sql<boolean>`owner = ${`user:${customerId}`}` : null,
    number ? sql<boolean>`number = ${number}` : null,
    variantId ? soldIn(variantId) : null,
  ].filter((condition) => condition !== null)
}

const soldIn = (variantId: string) =>
  isId(variantId)
    ? sql<boolean>`exists (select from order_items
        where order_id = orders.id and variant_id = ${variantId})`
    : sql<boolean>`false`
