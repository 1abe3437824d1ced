import { present } from '../domain/present.ts'
import type { ShippingMethodSavedResolvers } from './types.generated.ts'

export const ShippingMethodSaved: ShippingMethodSavedResolvers = {
  method: async ({ shippingMethodId }, _, { methodById }) =>
    present(await methodById(shippingMethodId)),
}
