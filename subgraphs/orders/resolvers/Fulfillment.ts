import { NotFound } from '@shop/kit/errors'
import { sentIn } from '../domain/order.ts'
import type { FulfillmentResolvers } from './types.generated.ts'

export const Fulfillment: FulfillmentResolvers = {
  async __resolveReference({ id }, { loaders }) {
    const parcel = await loaders.fulfillmentsById.load(id)
    if (!parcel || !(await loaders.orders.load(parcel.orderId)))
      throw new NotFound('No such parcel.')
    return parcel
  },
  items: async (parcel, _, { loaders }) => sentIn(parcel, await loaders.sent.load(parcel.orderId)),
}
