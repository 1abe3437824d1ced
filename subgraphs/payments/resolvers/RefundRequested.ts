import type { RefundRequestedResolvers } from './types.generated.ts'

export const RefundRequested: RefundRequestedResolvers = {
  refund: ({ refundId }, _, { refundsById }) => refundsById.load(refundId),
}
