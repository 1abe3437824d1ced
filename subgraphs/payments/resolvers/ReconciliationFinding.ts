import { moneyOf } from '../domain/payment.ts'
import type { ReconciliationFindingResolvers } from './types.generated.ts'

export const ReconciliationFinding: ReconciliationFindingResolvers = {
  amount: (found) => moneyOf(found.amountMinor, found),
}
