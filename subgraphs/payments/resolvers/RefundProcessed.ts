import type { RefundProcessedResolvers } from './types.generated.ts'

export const RefundProcessed: RefundProcessedResolvers = {
  refund: ({ refundId }, _, { refundsById }) => refundsById.load(refundId),
}
