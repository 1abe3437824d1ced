import type { ColumnType, Generated } from 'kysely'
import type { Features } from '../domain/features.ts'
import type { OrderFacts } from '../domain/order-facts.ts'
import type { RuleAction } from '../domain/rules.ts'

type Json<T> = ColumnType<T, string, never>

interface RuleText {
  name: string
  action: RuleAction
  condition: string
  is_on: boolean
  version: number
  changed_at: Date
  changed_by: string
}

export interface Tables {
  assessments: {
    id: string
    order_id: string
    decision: 'ALLOW' | 'REQUIRE_3DS' | 'REVIEW' | 'REJECT'
    score: number
    confidence: number
    reasons: readonly string[]
    rules: readonly string[]
    model_name: string
    model_version: string
    degraded: boolean
    is_from_event: Generated<boolean>
    computed_at: Date
    confirmed_at: ColumnType<Date | null, never, Date>
    facts: Json<OrderFacts>
    features: Json<Features>
  }
  reviews: {
    id: string
    assessment_id: string
    state: Generated<'OPEN' | 'RELEASED' | 'REJECTED'>
    opened_at: Date
    decided_at: ColumnType<Date | null, never, Date>
    decided_by: ColumnType<string | null, never, string>
    note: ColumnType<string | null, never, string | null>
  }
  sightings: {
    kind: string
    hash: string
    at: Date
    what: 'ORDER' | 'FAILURE' | 'FRAUD'
    told_by: string
    order_id: string
    email: string | null
    card: string | null
  }
  rules: RuleText & { id: string }
  rule_versions: RuleText & { rule_id: string }
  list_entries: {
    id: string
    list: 'ALLOW' | 'BLOCK'
    kind: 'EMAIL' | 'EMAIL_DOMAIN' | 'ADDRESS' | 'CLIENT' | 'NETWORK' | 'DEVICE' | 'CARD'
    value: string
    note: string
    added_at: Date
    added_by: string
    expires_at: Date | null
  }
  thresholds: {
    version: number
    three_d_secure_at: number
    review_at: number
    reject_at: number
    changed_at: Date
    changed_by: string
  }
}
