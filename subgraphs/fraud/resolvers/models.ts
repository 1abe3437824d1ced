import type { Connection } from '@shop/kit/database'
import type { Assessment, Review } from '../domain/assessment.ts'
import type { ListEntry } from '../domain/manage-lists.ts'
import type { Rule } from '../domain/rules.ts'

export type { Assessment as FraudAssessment, Review as FraudReview } from '../domain/assessment.ts'
export type { ConditionRefused as FraudConditionRefused } from '../domain/condition.ts'
export type { ListEntry as FraudListEntry } from '../domain/manage-lists.ts'
export type { FraudRuleSaved } from '../domain/manage-rules.ts'
export type { Rule as FraudRule, RuleVersion as FraudRuleVersion } from '../domain/rules.ts'
export type { FraudRuleSimulated } from '../domain/simulate-rule.ts'

export interface Order {
  readonly id: string
}

export interface OrderAssessed {
  readonly assessmentId: string
}

export interface FraudListEntrySaved {
  readonly kind: 'FraudListEntrySaved'
  readonly entryId: string
}

export interface FraudListKindUnknown {
  readonly kind: 'FraudListKindUnknown'
  readonly listKind: ListEntry['kind']
}

export interface FraudThresholdsSaved {
  readonly kind: 'FraudThresholdsSaved'
}

export interface FraudReviewDecided {
  readonly kind: 'FraudReviewDecided' | 'FraudReviewClosed'
  readonly reviewId: string
}

export interface FraudReviewClosed {
  readonly kind: 'FraudReviewDecided' | 'FraudReviewClosed'
  readonly reviewId: string
}

export interface FraudReported {
  readonly assessmentId: string
}

export type FraudAssessmentConnection = Connection<Assessment>
export type FraudReviewConnection = Connection<Review>
export type FraudRuleConnection = Connection<Rule>
export type FraudListEntryConnection = Connection<ListEntry>
