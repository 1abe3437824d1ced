import type { Live } from '@shop/kit/live'

/** Of an order, whom its news concerns. */
export interface Concerned {
  readonly orderId: string
  readonly cartId: string
  readonly owner: string
}

/** Hints, to whoever follows: each reads the truth again. */
export interface Telling {
  order(concerned: Pick<Concerned, 'orderId' | 'owner'>): Promise<void>
  cart(owner: string): Promise<void>
  /** A checkout moved, and perhaps its order and cart with it. */
  checkout(concerned: Concerned, isOrderMoved: boolean): Promise<void>
}

export const topics = {
  order: (orderId: string) => `orders.order.${orderId}`,
  ordersOf: (owner: string) => `orders.of.${owner.replace(':', '.')}`,
  orders: 'orders.all',
  cartOf: (owner: string) => `orders.cart.${owner.replace(':', '.')}`,
  checkout: (cartId: string) => `orders.checkout.${cartId}`,
} as const

export function tellingBy(live: Live): Telling {
  const order: Telling['order'] = async ({ orderId, owner }) => {
    const all = [topics.order(orderId), topics.ordersOf(owner), topics.orders]
    await Promise.all(all.map((topic) => live.publish(topic, { orderId })))
  }
  const cart: Telling['cart'] = (owner) => live.publish(topics.cartOf(owner), {})
  return {
    order,
    cart,
    async checkout(concerned, isOrderMoved) {
      await live.publish(topics.checkout(concerned.cartId), { orderId: concerned.orderId })
      if (isOrderMoved) await Promise.all([order(concerned), cart(concerned.owner)])
    },
  }
}
