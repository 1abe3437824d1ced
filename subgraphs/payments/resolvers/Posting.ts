import { moneyOf } from '../domain/payment.ts'
import type { PostingResolvers } from './types.generated.ts'

export const Posting: PostingResolvers = {
  amount: (posting) => moneyOf(posting.amountMinor, posting),
}
