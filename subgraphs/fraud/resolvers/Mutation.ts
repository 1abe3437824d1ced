import { decideFraudReview } from '../domain/decide-review.ts'
import { addFraudListEntry, removeFraudListEntry } from '../domain/manage-lists.ts'
import { createFraudRule, updateFraudRule } from '../domain/manage-rules.ts'
import { reportFraud } from '../domain/report-fraud.ts'
import { setFraudThresholds } from '../domain/set-thresholds.ts'
import type { MutationResolvers } from './types.generated.ts'

export const Mutation: MutationResolvers = {
  assessOrder: (_, { input }, { assess }) => assess(input),
  createFraudRule: (_, { input }, context) =>
    context.once('createFraudRule', createFraudRule, input),
  updateFraudRule: (_, { input }, context) =>
    context.once('updateFraudRule', updateFraudRule, input),
  addFraudListEntry: (_, { input }, context) =>
    context.once('addFraudListEntry', addFraudListEntry, input),
  removeFraudListEntry: (_, { input }, context) =>
    context.once('removeFraudListEntry', removeFraudListEntry, input),
  setFraudThresholds: (_, { input }, context) =>
    context.once('setFraudThresholds', setFraudThresholds, input),
  decideFraudReview: (_, { input }, context) =>
    context.once('decideFraudReview', decideFraudReview, input),
  reportFraud: (_, { input }, context) => context.once('reportFraud', reportFraud, input),
}
