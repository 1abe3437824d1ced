import { loadAllBy, loadById } from '@shop/kit/loader'
import type { Carts } from './db/carts.ts'
import type { Quotes } from './db/quotes.ts'
import type { SeenOrders } from './seen.ts'

interface Reads {
  readonly carts: Carts
  readonly quotes: Quotes
  readonly seen: SeenOrders
}

export type Loaders = ReturnType<typeof loadersOn>

/** What a request has read it remembers; `forget` is called when that may have changed. */
export function loadersOn({ carts, quotes, seen }: Reads) {
  const idOf = ({ id }: { id: string }) => id
  const ofOrder = ({ orderId }: { orderId: string }) => orderId
  const all = {
    carts: loadById((ids) => carts.withIds(ids), idOf),
    cartItems: loadAllBy(
      (ids) => carts.itemsOf(ids),
      ({ cartId }) => cartId,
    ),
    quotes: loadById((ids) => quotes.withIds(ids), idOf),
    orders: loadById((ids) => seen.withIds(ids), idOf),
    items: loadAllBy((ids) => seen.parts(ids, (orders, of) => orders.itemsOf(of)), ofOrder),
    stages: loadAllBy((ids) => seen.parts(ids, (orders, of) => orders.stagesOf(of)), ofOrder),
    fulfillments: loadAllBy(
      (ids) => seen.parts(ids, (orders, of) => orders.fulfillmentsOf(of)),
      ofOrder,
    ),
    itemsById: loadById((ids) => seen.own.itemsWithIds(ids), idOf),
    fulfillmentsById: loadById((ids) => seen.own.fulfillmentsWithIds(ids), idOf),
    sent: loadAllBy((ids) => seen.parts(ids, (orders, of) => orders.sentOf(of)), ofOrder),
  }
  return {
    ...all,
    forget: () => {
      for (const loader of Object.values(all)) loader.clearAll()
    },
  }
}
