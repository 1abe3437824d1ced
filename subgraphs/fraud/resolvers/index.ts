import { byKind } from '@shop/kit/kind'
import { CurrencyCode, DateTime, MinorUnits } from '@shop/kit/scalars'
import { FraudAssessment } from './FraudAssessment.ts'
import { FraudListEntry } from './FraudListEntry.ts'
import { FraudListEntrySaved } from './FraudListEntrySaved.ts'
import { FraudListKindUnknown } from './FraudListKindUnknown.ts'
import { FraudReported } from './FraudReported.ts'
import { FraudReview } from './FraudReview.ts'
import { FraudReviewClosed } from './FraudReviewClosed.ts'
import { FraudReviewDecided } from './FraudReviewDecided.ts'
import { FraudRule } from './FraudRule.ts'
import { FraudRuleSaved } from './FraudRuleSaved.ts'
import { FraudRuleSimulated } from './FraudRuleSimulated.ts'
import { FraudThresholdsSaved } from './FraudThresholdsSaved.ts'
import { Mutation } from './Mutation.ts'
import { Order } from './Order.ts'
import { OrderAssessed } from './OrderAssessed.ts'
import { Query } from './Query.ts'
import { Subscription } from './Subscription.ts'
import type { Resolvers } from './types.generated.ts'

export const resolvers: Resolvers = {
  AddFraudListEntryResult: byKind,
  CurrencyCode,
  DateTime,
  DecideFraudReviewResult: byKind,
  FraudAssessment,
  FraudListEntry,
  FraudListEntrySaved,
  FraudListKindUnknown,
  FraudReported,
  FraudReview,
  FraudReviewClosed,
  FraudReviewDecided,
  FraudRule,
  FraudRuleSaved,
  FraudRuleSimulated,
  FraudThresholdsSaved,
  MinorUnits,
  Mutation,
  Order,
  OrderAssessed,
  Query,
  SaveFraudRuleResult: byKind,
  SimulateFraudRuleResult: byKind,
  Subscription,
}
