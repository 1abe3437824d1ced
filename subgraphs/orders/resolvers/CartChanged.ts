import type { CartChangedResolvers } from './types.generated.ts'

export const CartChanged: CartChangedResolvers = {
  cart: (_, __, { cart }) => cart(),
}
