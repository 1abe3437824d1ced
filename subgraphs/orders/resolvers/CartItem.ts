import type { CartItemResolvers } from './types.generated.ts'

export const CartItem: CartItemResolvers = {
  variant: ({ variantId }) => ({ id: variantId }),
}
