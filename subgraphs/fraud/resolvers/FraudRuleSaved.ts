import type { FraudRuleSavedResolvers } from './types.generated.ts'

export const FraudRuleSaved: FraudRuleSavedResolvers = {
  rule: ({ ruleId }, _, { rulesById }) => rulesById.load(ruleId),
}
