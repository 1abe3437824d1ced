import { addressLines } from '../domain/order.ts'
import type { OrderForMailAddressResolvers } from './types.generated.ts'

export const OrderForMailAddress: OrderForMailAddressResolvers = {
  lines: (address) => addressLines(address),
}
