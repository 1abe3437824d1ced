import type { FraudListKindUnknownResolvers } from './types.generated.ts'

export const FraudListKindUnknown: FraudListKindUnknownResolvers = {
  kind: ({ listKind }) => listKind,
}
