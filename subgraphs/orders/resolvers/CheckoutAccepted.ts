import { found } from '../domain/found.ts'
import type { CheckoutAcceptedResolvers } from './types.generated.ts'

export const CheckoutAccepted: CheckoutAcceptedResolvers = {
  order: ({ orderId }, _, { loaders }) => found(loaders.orders.load(orderId)),
  nextAction: ({ orderId }, _, { nextAction }) => nextAction(orderId),
}
