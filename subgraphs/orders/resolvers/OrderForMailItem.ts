import { moneyOf } from '../domain/order.ts'
import type { OrderForMailItemResolvers } from './types.generated.ts'

export const OrderForMailItem: OrderForMailItemResolvers = {
  total: (item) => moneyOf(item, item.totalMinor),
}
