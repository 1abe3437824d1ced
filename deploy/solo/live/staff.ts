import type { Client } from './client.ts'

const oldest = `query ($status: [OrderStatus!]) {
  orders(filter: { status: $status }, sort: OLDEST, first: 1) { nodes { id } }
}`

interface Work {
  /** Orders that stand so are moved on. */
  readonly from: 'CONFIRMED' | 'PROCESSING' | 'SHIPPED'
  readonly to: (client: Client, orderId: string) => Promise<unknown>
}

const move = (status: string) => (client: Client, orderId: string) =>
  client.act('updateOrderStatus', { orderId, status })

const works: readonly Work[] = [
  { from: 'CONFIRMED', to: move('PROCESSING') },
  {
    from: 'PROCESSING',
    to: (client, orderId) =>
      client.act('createFulfillment', {
        orderId,
        carrier: 'DHL',
        trackingNumber: trackingOf(orderId),
      }),
  },
  { from: 'SHIPPED', to: move('DELIVERED') },
]

const trackingOf = (orderId: string) => `JJD${orderId.replace(/\D/g, '').slice(-10)}`

/** One order further on its way: the one that has waited longest there. */
export async function workOn(client: Client, turn: number): Promise<void> {
  const work = works[turn % works.length] as Work
  const { orders } = await client.ask(oldest, { status: [work.from] })
  const [order] = orders.nodes
  if (order) await work.to(client, order.id)
}
