import { defineEvent } from '@shop/kit/events'
import { z } from 'zod'

const aggregate = 'product'
const status = z.enum(['ACTIVE', 'DRAFT', 'ARCHIVED'])

/** Anything of it but a price. Who listens reads what it is now; `version` is of its own fields. */
export const productChanged = defineEvent({
  name: 'catalog.product-changed',
  version: 1,
  aggregate,
  data: z.object({ productId: z.string(), version: z.int(), status }),
})

export const productArchived = defineEvent({
  name: 'catalog.product-archived',
  version: 1,
  aggregate,
  data: z.object({ productId: z.string(), variantIds: z.array(z.string()) }),
})

export const variantPriceChanged = defineEvent({
  name: 'catalog.variant-price-changed',
  version: 1,
  aggregate,
  data: z.object({
    productId: z.string(),
    variantId: z.string(),
    amountMinor: z.int(),
    wasMinor: z.int(),
    currency: z.string(),
  }),
})

export const imageAdded = defineEvent({
  name: 'catalog.image-added',
  version: 1,
  aggregate,
  data: z.object({ productId: z.string(), imageId: z.string() }),
})
