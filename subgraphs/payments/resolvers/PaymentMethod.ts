import { there } from '../domain/payment.ts'
import type { PaymentMethodResolvers } from './types.generated.ts'

export const PaymentMethod: PaymentMethodResolvers = {
  __resolveReference: ({ id }, { methodsById }) => methodsById.load(id),
  brand: ({ brand }) => there(brand),
  last4: ({ last4 }) => there(last4),
  expMonth: ({ expMonth }) => there(expMonth),
  expYear: ({ expYear }) => there(expYear),
}
