import type { FraudRuleSimulatedResolvers } from './types.generated.ts'

export const FraudRuleSimulated: FraudRuleSimulatedResolvers = {
  examples: ({ exampleIds }, _, { assessment }) => Promise.all(exampleIds.map(assessment)),
}
