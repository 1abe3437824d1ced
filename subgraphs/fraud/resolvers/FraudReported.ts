import type { FraudReportedResolvers } from './types.generated.ts'

export const FraudReported: FraudReportedResolvers = {
  assessment: ({ assessmentId }, _, { assessmentsById }) => assessmentsById.load(assessmentId),
}
