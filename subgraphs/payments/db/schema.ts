import type { ColumnType, Generated } from 'kysely'
import type { TransactionKind } from '../domain/ledger.ts'
import type { AttemptState, PaymentState, RefundLine, RefundState } from '../domain/payment.ts'
import type { Stray } from '../domain/payment-state.ts'
import type { WebhookState } from '../domain/receive-webhook.ts'
import type { ReconciliationKind } from '../domain/reconcile.ts'

export interface Tables {
  payments: {
    id: string
    order_id: string
    owner: string
    attempt_id: string
    state: PaymentState
    amount_minor: number
    currency: string
    captured_minor: number
    promised_minor: number
    refunded_minor: number
    failure_code: string | null
    undone_at: Date | null
    created_at: Date
  }
  payment_attempts: {
    id: string
    payment_id: string
    state: AttemptState
    method: string | null
    customer: string | null
    requires_3ds: boolean
    intent_id: string | null
    replaced_by: string | null
    failure_code: string | null
    brand: string | null
    last4: string | null
    captured_minor: Generated<number>
    stray: Stray | null
    leased_until: Generated<Date | null>
    looked_at: Generated<Date | null>
    created_at: Date
  }
  payment_steps: { step_key: string; payment_id: string | null; undone_at: Date | null }
  payment_events: {
    id: string
    payment_id: string
    attempt_id: string
    from_state: PaymentState | null
    to_state: PaymentState
    at: Date
  }
  refunds: {
    id: string
    payment_id: string
    attempt_id: string
    state: RefundState
    amount_minor: number
    currency: string
    reason: string
    lines: ColumnType<readonly RefundLine[], string, never>
    provider_id: string | null
    leased_until: Generated<Date | null>
    created_at: Date
    sent_at: Generated<Date | null>
    settled_at: Date | null
  }
  customers: { user_id: string; provider_id: string | null }
  payment_methods: {
    id: string
    user_id: string
    state: MethodState
    provider_id: string
    setup_id: string | null
    customer: string | null
    brand: string | null
    last4: string | null
    exp_month: number | null
    exp_year: number | null
    is_default: Generated<boolean>
    refusal: string | null
    created_at: Date
  }
  transactions: {
    id: string
    kind: TransactionKind
    payment_id: string
    order_id: string
    reference: string
    at: Date
  }
  postings: { transaction_id: string; account: string; currency: string; amount_minor: number }
  webhook_deliveries: {
    id: string
    provider: string
    event_id: string
    type: string
    intent_id: string | null
    setup_id: string | null
    dispute_id: string | null
    state: WebhookState
    received: Generated<number>
    attempts: Generated<number>
    received_at: Date
    due_at: Date
    processed_at: Date | null
  }
  disputes: {
    id: string
    payment_id: string
    amount_minor: number
    currency: string
    reason: string
    at: Date
  }
  reconciliations: { id: string; from_time: Date; to_time: Date; compared: number; at: Date }
  reconciliation_findings: {
    id: string
    reconciliation_id: string
    kind: ReconciliationKind
    provider_reference: string
    payment_id: string | null
    order_id: string | null
    amount_minor: number
    currency: string
    is_mended: boolean
  }
  ledger_balances: { account: string; currency: string; amount_minor: number }
}

type MethodState = 'WAITING' | 'SAVED' | 'REFUSED' | 'REMOVED'
