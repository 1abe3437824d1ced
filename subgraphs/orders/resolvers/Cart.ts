import { NotFound } from '@shop/kit/errors'
import { piecesIn } from '../domain/cart.ts'
import type { CartResolvers } from './types.generated.ts'

export const Cart: CartResolvers = {
  async __resolveReference({ id }, { loaders }) {
    const cart = await loaders.carts.load(id)
    if (!cart) throw new NotFound('There is no such cart.')
    return cart
  },
  items: ({ id }, _, { loaders }) => loaders.cartItems.load(id),
  quantity: async ({ id }, _, { loaders }) => piecesIn(await loaders.cartItems.load(id)),
  checkout: ({ state, orderId }, _, { loaders }) =>
    state === 'FROZEN' && orderId ? loaders.orders.load(orderId) : null,
  totals: (cart, _, { totals }) => totals(cart),
  quote: (cart, { input }, { quote }) => quote(cart, input),
}
