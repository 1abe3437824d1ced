import { itemOf } from '../domain/order.ts'
import type { FulfillmentItemResolvers } from './types.generated.ts'

export const FulfillmentItem: FulfillmentItemResolvers = {
  item: async (sent, _, { loaders }) => itemOf(sent, await loaders.items.load(sent.orderId)),
}
