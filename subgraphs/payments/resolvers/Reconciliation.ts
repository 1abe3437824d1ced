import type { ReconciliationResolvers } from './types.generated.ts'

export const Reconciliation: ReconciliationResolvers = {
  __resolveReference: ({ id }, { reportsById }) => reportsById.load(id),
  findings: ({ id }, page, { reports }) => reports.findingsOf(id, page),
}
