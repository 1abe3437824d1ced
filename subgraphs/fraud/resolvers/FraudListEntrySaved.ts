import type { FraudListEntrySavedResolvers } from './types.generated.ts'

export const FraudListEntrySaved: FraudListEntrySavedResolvers = {
  entry: ({ entryId }, _, { entriesById }) => entriesById.load(entryId),
}
