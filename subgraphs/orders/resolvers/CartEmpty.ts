import type { CartEmptyResolvers } from './types.generated.ts'

export const CartEmpty: CartEmptyResolvers = {
  cart: (_, __, { cart }) => cart(),
}
