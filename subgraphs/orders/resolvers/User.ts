import type { UserResolvers } from './types.generated.ts'

export const User: UserResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  cart: ({ id }, _, { ownCart }) => ownCart(id),
  orders: ({ id }, { filter, sort, ...page }, { list }) =>
    list(page, { filter: filter ?? {}, sort, owner: `user:${id}` }),
}
