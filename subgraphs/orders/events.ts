import { defineEvent } from '@shop/kit/events'
import { z } from 'zod'

const ofOrder = { version: 1, aggregate: 'order' } as const

const customerId = z.uuid().nullable()

const sold = z.object({
  variantId: z.string(),
  productId: z.string(),
  quantity: z.int(),
  totalMinor: z.int(),
})

const placed = {
  customerId,
  currency: z.string(),
  totalMinor: z.int(),
  country: z.string(),
  lines: z.array(sold),
}

export const orderPlaced = defineEvent({
  ...ofOrder,
  name: 'orders.order-placed',
  data: z.object(placed),
})

export const orderPaid = defineEvent({
  ...ofOrder,
  name: 'orders.order-paid',
  data: z.object({
    ...placed,
    subtotalMinor: z.int(),
    discountMinor: z.int(),
    shippingMinor: z.int(),
    taxMinor: z.int(),
  }),
})

/** A guest's, of an address that is now known to be this shopper's. */
export const orderJoined = defineEvent({
  ...ofOrder,
  name: 'orders.order-joined',
  data: z.object({ customerId: z.uuid() }),
})

/**
 * Whatever it held, had taken or had paid is given back, by whoever has it. `isKnown` where its
 * shopper was given it to wait for: anybody else was told on the spot that there is none.
 */
export const orderCancelled = defineEvent({
  ...ofOrder,
  name: 'orders.order-cancelled',
  data: z.object({ customerId, reason: z.string(), isKnown: z.boolean() }),
})

export const orderShipped = defineEvent({
  ...ofOrder,
  name: 'orders.order-shipped',
  data: z.object({
    customerId,
    fulfillmentId: z.string(),
    lines: z.array(z.object({ variantId: z.string(), quantity: z.int() })),
  }),
})

export const orderDelivered = defineEvent({
  ...ofOrder,
  name: 'orders.order-delivered',
  data: z.object({
    customerId,
    lines: z.array(z.object({ variantId: z.string(), productId: z.string(), quantity: z.int() })),
  }),
})
