import type { QueryResolvers } from './types.generated.ts'

export const Query: QueryResolvers = {
  cart: (_, __, { cart }) => cart(),
  order: (_, key, { find }) => find(key),
  orders: (_, { filter, sort, ...page }, { list }) => list(page, { filter: filter ?? {}, sort }),
  orderForMail: (_, { orderId }, { mailOrder }) => mailOrder(orderId),
}
