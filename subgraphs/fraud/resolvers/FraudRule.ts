import type { FraudRuleResolvers } from './types.generated.ts'

export const FraudRule: FraudRuleResolvers = {
  __resolveReference: ({ id }, { rulesById }) => rulesById.load(id),
  versions: ({ id }, _, { versionsOfRule }) => versionsOfRule.load(id),
}
