import type { OrderForMailFulfillmentResolvers } from './types.generated.ts'

export const OrderForMailFulfillment: OrderForMailFulfillmentResolvers = {
  id: ({ parcel }) => parcel.id,
  carrier: ({ parcel }) => parcel.carrier,
  trackingNumber: ({ parcel }) => parcel.trackingNumber,
  trackingUrl: ({ parcel }) => parcel.trackingUrl,
}
