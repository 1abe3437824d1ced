import type { ShippingRateResolvers } from './types.generated.ts'

export const ShippingRate: ShippingRateResolvers = {
  price: ({ amountMinor, currency }) => ({ amountMinor, currency }),
}
