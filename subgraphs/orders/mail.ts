import type { Database } from '@shop/kit/database'
import { serviceNamed } from '@shop/kit/identity'
import { isId } from '@shop/kit/ids'
import { Orders } from './db/orders.ts'
import type { Tables } from './db/schema.ts'
import { isGuest } from './domain/cart.ts'
import {
  type Fulfillment,
  type FulfillmentItem,
  isMailed,
  itemOf,
  type Order,
  type OrderItem,
  sentIn,
} from './domain/order.ts'
import type { OrderLinks } from './order-links.ts'

/** An order with all its parts, for a mail. */
export interface MailOrder {
  readonly order: Order
  readonly items: readonly OrderItem[]
  readonly parcels: readonly MailParcel[]
  readonly link: string | null
}

export interface MailParcel {
  readonly parcel: Fulfillment
  readonly items: readonly { readonly name: string; readonly quantity: number }[]
}

interface Needs {
  db: Database<Tables>
  links: OrderLinks
  storefrontUrl: string
}

export async function mailOrderOf(
  { db, links, storefrontUrl }: Needs,
  orderId: string,
): Promise<MailOrder | null> {
  const orders = new Orders(db, serviceNamed('orders'))
  const [order] = isId(orderId) ? await orders.withIds([orderId]) : []
  if (!order) return null
  const [stages, items, parcels] = await Promise.all([
    orders.stagesOf([order.id]),
    orders.itemsOf([order.id]),
    orders.fulfillmentsOf([order.id]),
  ])
  if (!isMailed(order, stages)) return null
  const sent = parcels.length > 0 ? await orders.sentOf([order.id]) : []
  const link = `${storefrontUrl}/orders/${order.id}?link=${links.issue(order.id)}`
  return {
    order,
    items,
    parcels: parcels.map((parcel) => ({ parcel, items: namesOf(parcel, sent, items) })),
    link: isGuest(order.owner) ? link : null,
  }
}

const namesOf = (
  parcel: Fulfillment,
  sent: readonly FulfillmentItem[],
  items: readonly OrderItem[],
): MailParcel['items'] =>
  sentIn(parcel, sent).map((each) => ({ name: itemOf(each, items).name, quantity: each.quantity }))
