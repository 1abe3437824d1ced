import { byKind } from '@shop/kit/kind'
import { CurrencyCode, DateTime, MinorUnits } from '@shop/kit/scalars'
import { Money } from './Money.ts'
import { Mutation } from './Mutation.ts'
import { Order } from './Order.ts'
import { Payment } from './Payment.ts'
import { PaymentAttempt } from './PaymentAttempt.ts'
import { PaymentAwaitsAction } from './PaymentAwaitsAction.ts'
import { PaymentConfirmed } from './PaymentConfirmed.ts'
import { PaymentIntentCreated } from './PaymentIntentCreated.ts'
import { PaymentNotConfirmed } from './PaymentNotConfirmed.ts'
import { PaymentNotOpen } from './PaymentNotOpen.ts'
import { Posting } from './Posting.ts'
import { Query } from './Query.ts'
import { Refund } from './Refund.ts'
import { Transaction } from './Transaction.ts'
import type { Resolvers } from './types.generated.ts'
import { User } from './User.ts'

export const resolvers: Resolvers = {
  AuthorizePaymentResult: byKind,
  CapturePaymentResult: byKind,
  ConfirmPaymentResult: byKind,
  CreatePaymentIntentResult: byKind,
  CurrencyCode,
  DateTime,
  MinorUnits,
  Money,
  Mutation,
  Order,
  Payment,
  PaymentAttempt,
  PaymentAwaitsAction,
  PaymentConfirmed,
  PaymentIntentCreated,
  PaymentNotConfirmed,
  PaymentNotOpen,
  Posting,
  Query,
  Refund,
  RefundOrderResult: byKind,
  Transaction,
  User,
}
