import type { UserResolvers } from './types.generated.ts'

export const User: UserResolvers = {
  payments: ({ id }, page, { payments }) => payments.of(id, page),
}
