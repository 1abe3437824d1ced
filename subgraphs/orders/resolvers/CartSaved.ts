import type { CartSavedResolvers } from './types.generated.ts'

export const CartSaved: CartSavedResolvers = {
  cart: ({ cartId }, _, { loaders }) => (cartId ? loaders.carts.load(cartId) : null),
}
