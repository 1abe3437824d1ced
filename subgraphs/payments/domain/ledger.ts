import { newId } from '@shop/kit/ids'
import type { MinorUnits } from '@shop/kit/money'

export type TransactionKind = 'CAPTURE' | 'REFUND' | 'REFUND_RETURNED'

export interface Posting {
  readonly account: string
  /** Positive is debit, negative is credit. */
  readonly amountMinor: MinorUnits
  readonly currency: string
}

/** One movement of money. Its postings sum to zero. */
export interface Transaction {
  readonly id: string
  readonly kind: TransactionKind
  readonly paymentId: string
  readonly orderId: string
  readonly reference: string
  readonly at: Date
  readonly postings: readonly Posting[]
}

/** Which account is debited and which is credited. */
const accounts: Readonly<Record<TransactionKind, readonly [debit: string, credit: string]>> = {
  CAPTURE: ['provider', 'sales'],
  REFUND: ['refunds', 'provider'],
  REFUND_RETURNED: ['provider', 'refunds'],
}

interface Moved {
  readonly kind: TransactionKind
  readonly payment: { readonly id: string; readonly orderId: string; readonly currency: string }
  readonly amountMinor: MinorUnits
  readonly reference: string
  readonly at: Date
}

export function transactionOf({ kind, payment, amountMinor, reference, at }: Moved): Transaction {
  const [debit, credit] = accounts[kind]
  const { id: paymentId, orderId, currency } = payment
  const postings = [
    { account: debit, amountMinor, currency },
    { account: credit, amountMinor: -amountMinor, currency },
  ]
  return { id: newId(), kind, paymentId, orderId, reference, at, postings }
}

/** Without its postings, which are read beside it. */
export type Written = Omit<Transaction, 'postings'>
