import { oneOrNone } from '../domain/payment.ts'
import type { OrderResolvers } from './types.generated.ts'

export const Order: OrderResolvers = {
  payments: async ({ id }, _, { paymentsByOrder }) => oneOrNone(await paymentsByOrder.load(id)),
}
