import { cancelOrder } from '../domain/cancel-order.ts'
import {
  addCartItem,
  clearCart,
  mergeCart,
  removeCartItem,
  updateCartItem,
} from '../domain/change-cart.ts'
import { createFulfillment } from '../domain/create-fulfillment.ts'
import { rejectHeldOrder, releaseHeldOrder } from '../domain/decide-held-order.ts'
import { updateOrderStatus } from '../domain/update-order-status.ts'
import type { MutationResolvers } from './types.generated.ts'

export const Mutation: MutationResolvers = {
  addCartItem: (_, { input }, context) => context.changeCart('addCartItem', addCartItem, input),
  updateCartItem: (_, { input }, context) =>
    context.changeCart('updateCartItem', updateCartItem, input),
  removeCartItem: (_, { input }, context) =>
    context.changeCart('removeCartItem', removeCartItem, input),
  clearCart: (_, { input }, context) => context.changeCart('clearCart', clearCart, input),
  mergeCart: (_, { input }, context) => context.changeCart('mergeCart', mergeCart, input),
  checkout: (_, { input }, context) => context.checkout(input),
  cancelOrder: (_, { input }, context) => context.move('cancelOrder', cancelOrder, input),
  updateOrderStatus: (_, { input }, context) =>
    context.move('updateOrderStatus', updateOrderStatus, input),
  createFulfillment: (_, { input }, context) =>
    context.move('createFulfillment', createFulfillment, input),
  releaseHeldOrder: (_, { input }, context) =>
    context.move('releaseHeldOrder', releaseHeldOrder, input),
  rejectHeldOrder: (_, { input }, context) =>
    context.move('rejectHeldOrder', rejectHeldOrder, input),
}
