import type { PaymentMethodAddedResolvers } from './types.generated.ts'

export const PaymentMethodAdded: PaymentMethodAddedResolvers = {
  method: ({ methodId }, _, { methodsById }) => methodsById.load(methodId),
}
