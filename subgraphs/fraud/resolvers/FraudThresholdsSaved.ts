import type { FraudThresholdsSavedResolvers } from './types.generated.ts'

export const FraudThresholdsSaved: FraudThresholdsSavedResolvers = {
  thresholds: (_, __, { world }) => world.rules.thresholds(),
}
