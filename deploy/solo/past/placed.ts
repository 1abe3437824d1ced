import type { Card, Order, Try } from '@shop/demo/orders/order'

/** An order that came about, or one that was tried in vain before it. */
export interface Placed {
  readonly id: string
  /** Among all, counted from one. */
  readonly place: number
  readonly placedAt: Date
  readonly card: Card
  readonly outcome: 'BOUGHT' | Try['outcome']
  readonly order: Order
}

/** Each with its tries, a day at a time in the order of their placing. */
export function* placedIn(orders: Iterable<Order>): Generator<Placed> {
  let place = 0
  for (const day of daysOf(orders)) {
    const all = day.flatMap((order): Omit<Placed, 'place'>[] => {
      const { id, placedAt, card, tries } = order
      const failed = tries.map((each) => ({ ...each, order }))
      return [...failed, { id, placedAt, card, order, outcome: 'BOUGHT' }]
    })
    for (const each of all.toSorted((a, b) => +a.placedAt - +b.placedAt)) {
      place += 1
      yield { ...each, place }
    }
  }
}

function* daysOf(orders: Iterable<Order>): Generator<Order[]> {
  let day: Order[] = []
  for (const order of orders) {
    if (day[0] && dayOf(order) !== dayOf(day[0])) {
      yield day
      day = []
    }
    day.push(order)
  }
  yield day
}

const dayOf = ({ placedAt }: Order) => Math.floor(placedAt.getTime() / 86_400_000)
