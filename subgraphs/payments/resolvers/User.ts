import type { UserResolvers } from './types.generated.ts'

export const User: UserResolvers = {
  paymentMethods: ({ id }, _, { methodsOf }) => methodsOf.load(id),
  payments: ({ id }, page, { payments }) => payments.of(id, page),
}
