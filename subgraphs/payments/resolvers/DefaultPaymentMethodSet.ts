import type { DefaultPaymentMethodSetResolvers } from './types.generated.ts'

export const DefaultPaymentMethodSet: DefaultPaymentMethodSetResolvers = {
  method: ({ methodId }, _, { methodsById }) => methodsById.load(methodId),
}
