import { features } from '../domain/features.ts'
import type { QueryResolvers } from './types.generated.ts'

export const Query: QueryResolvers = {
  fraudReviews: (_, { state, ...page }, { world }) => world.reviews.page(state, page),
  fraudAssessments: (_, { decision, ...page }, { world }) =>
    world.assessments.page(decision ?? null, page),
  fraudRules: (_, page, { world }) => world.rules.page(page),
  fraudFeatures: () => features,
  fraudListEntries: (_, { list, ...page }, { world }) => world.lists.page(list ?? null, page),
  fraudThresholds: (_, __, { world }) => world.rules.thresholds(),
  simulateFraudRule: (_, { input }, { simulate }) => simulate(input),
}
