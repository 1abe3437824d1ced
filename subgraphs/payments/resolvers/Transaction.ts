import type { TransactionResolvers } from './types.generated.ts'

export const Transaction: TransactionResolvers = {
  __resolveReference: ({ id }, { transactionsById }) => transactionsById.load(id),
  postings: ({ id }, _, { postings }) => postings.load(id),
}
