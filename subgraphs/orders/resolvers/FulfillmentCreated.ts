import { found } from '../domain/found.ts'
import type { FulfillmentCreatedResolvers } from './types.generated.ts'

export const FulfillmentCreated: FulfillmentCreatedResolvers = {
  order: ({ orderId }, _, { loaders }) => found(loaders.orders.load(orderId)),
  fulfillment: ({ fulfillmentId }, _, { loaders }) =>
    found(loaders.fulfillmentsById.load(fulfillmentId)),
}
