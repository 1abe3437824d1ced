import { NotFound } from '@shop/kit/errors'
import { moneyOf } from '../domain/order.ts'
import type { OrderItemResolvers } from './types.generated.ts'

export const OrderItem: OrderItemResolvers = {
  async __resolveReference({ id }, { loaders }) {
    const item = await loaders.itemsById.load(id)
    if (!item || !(await loaders.orders.load(item.orderId))) throw new NotFound('No such item.')
    return item
  },
  variant: ({ variantId }) => ({ id: variantId }),
  product: ({ productId }) => ({ id: productId }),
  unitPrice: (item) => moneyOf(item, item.unitPriceMinor),
  discount: (item) => moneyOf(item, item.discountMinor),
  tax: (item) => moneyOf(item, item.taxMinor),
  total: (item) => moneyOf(item, item.totalMinor),
}
