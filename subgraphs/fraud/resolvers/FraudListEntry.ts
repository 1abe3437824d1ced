import type { FraudListEntryResolvers } from './types.generated.ts'

export const FraudListEntry: FraudListEntryResolvers = {
  __resolveReference: ({ id }, { entriesById }) => entriesById.load(id),
}
