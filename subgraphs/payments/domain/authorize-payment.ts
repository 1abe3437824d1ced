import type { Clock } from '@shop/kit/clock'
import { BadUserInput, Unauthenticated, UnknownOutcome } from '@shop/kit/errors'
import { type Asked, ownerOf } from '@shop/kit/identity'
import { isId, newId } from '@shop/kit/ids'
import type { Money } from '@shop/kit/money'
import type { Acting, Begun } from './needs.ts'
import {
  AmountNotChargeable,
  type Attempt,
  type Payment,
  type SeenIntent,
  StepUndone,
} from './payment.ts'
import { beingSettled, holding, intentOf, leased, settle } from './settle-attempt.ts'

export interface Means {
  /** The provider's id of the means of payment. */
  readonly method: string
  readonly customer: string | null
}

/** `taken`: another step pays for the order; `undone`: this one was undone before. */
export type Beginning = 'begun' | 'taken' | 'undone'

interface Local extends Asked {
  clock: Clock
  payments: {
    /** The payment and its first attempt, or neither. */
    begin(payment: Payment, attempt: Attempt, stepKey: string): Promise<Beginning>
  }
  methods: { meansOf(savedMethodId: string): Promise<Means | null> }
  /** Whether the provider can charge it. */
  isChargeable(amount: Money): boolean
}

export interface AuthorizePayment {
  readonly idempotencyKey: string
  readonly orderId: string
  readonly amount: Money
  readonly paymentMethodId?: string | null | undefined
  readonly savedMethodId?: string | null | undefined
  readonly requireThreeDSecure?: boolean
}

export interface PaymentAuthorized {
  readonly kind: 'PaymentAuthorized'
  readonly paymentId: string
}

export interface PaymentActionRequired {
  readonly kind: 'PaymentActionRequired'
  readonly paymentId: string
  readonly clientSecret: string
  readonly redirectUrl: string | null
}

export interface PaymentRefused {
  readonly kind: 'PaymentRefused'
  readonly paymentId: string
  readonly code: string
}

export type Authorization = PaymentAuthorized | PaymentActionRequired | PaymentRefused

/** Asked again with its key, it goes on where it was left, and answers how the attempt stands now. */
export async function authorizePayment(
  needs: Begun<Local>,
  input: AuthorizePayment,
): Promise<Authorization> {
  const { attemptId } = await needs.once('authorizePayment', beginAuthorization, input)
  const attempt = await leased(needs, attemptId)
  if (attempt) return holding(needs, attempt, () => goOn(needs, attempt))
  const others = await needs.book.attempt(attemptId)
  if (!others || isOpen(others)) throw beingSettled()
  return toldOf(others)
}

const goOn = async (needs: Acting, attempt: Attempt) =>
  isOpen(attempt) ? drive(needs, attempt) : toldOf(attempt)

const isOpen = ({ state }: Attempt) => state === 'PENDING' || state === 'REQUIRES_ACTION'

/** Decides and writes down under which key the provider will be told. */
async function beginAuthorization(needs: Local, input: AuthorizePayment) {
  const owner = ownerOf(needs.identity)
  if (!/^(user|guest):/.test(owner)) throw new Unauthenticated("A payment is somebody's.")
  const { orderId, amount } = input
  if (!isId(orderId)) throw new BadUserInput('There is no such order.')
  if (!needs.isChargeable(amount)) throw new AmountNotChargeable('This amount cannot be charged.')
  const means = await meansIn(needs, input)
  const [payment, attempt] = begun({
    owner,
    orderId,
    amount,
    means,
    now: needs.clock.now(),
    requiresThreeDSecure: input.requireThreeDSecure ?? false,
  })
  const beginning = await needs.payments.begin(payment, attempt, input.idempotencyKey)
  if (beginning === 'undone') throw new StepUndone('This step was undone before.')
  if (beginning === 'taken') throw new BadUserInput('This order has its payment.')
  return { kind: 'PaymentBegun', attemptId: attempt.id }
}

async function meansIn(
  { methods }: Local,
  { paymentMethodId, savedMethodId }: AuthorizePayment,
): Promise<Means> {
  if (paymentMethodId && !savedMethodId) return { method: paymentMethodId, customer: null }
  const saved = savedMethodId && !paymentMethodId ? await methods.meansOf(savedMethodId) : null
  if (!saved) throw new BadUserInput('Name one means of payment that there is.')
  return saved
}

interface Opening {
  owner: string
  orderId: string
  amount: Money
  means: Means
  requiresThreeDSecure: boolean
  now: Date
}

function begun({
  owner,
  orderId,
  amount,
  means,
  requiresThreeDSecure,
  now,
}: Opening): [Payment, Attempt] {
  const [id, attemptId] = [newId(), newId()]
  const payment: Payment = {
    id,
    orderId,
    owner,
    attemptId,
    ...amount,
    state: 'PENDING',
    capturedMinor: 0,
    promisedMinor: 0,
    refundedMinor: 0,
    failureCode: null,
    undoneAt: null,
    createdAt: now,
  }
  return [payment, newAttempt(payment, { ...means, requiresThreeDSecure }, now)]
}

export interface Tried {
  readonly method: string | null
  readonly customer: string | null
  readonly requiresThreeDSecure: boolean
}

export const newAttempt = (payment: Payment, tried: Tried, now: Date): Attempt => ({
  ...tried,
  id: payment.attemptId,
  paymentId: payment.id,
  orderId: payment.orderId,
  amountMinor: payment.amountMinor,
  currency: payment.currency,
  state: 'PENDING',
  intentId: null,
  replacedBy: null,
  failureCode: null,
  brand: null,
  last4: null,
  capturedMinor: 0,
  createdAt: now,
})

/** From wherever it was left: made, kept, confirmed, each under the attempt's own key. */
async function drive(needs: Acting, attempt: Attempt): Promise<Authorization> {
  const made = await intentOf(needs, attempt)
  if (!made) throw new StepUndone('This step was undone before.')
  if (!(await needs.book.keepIntent(attempt.id, made.id))) {
    await settle(needs, attempt, await needs.provider.cancel(attempt, made.id))
    throw new StepUndone('This step was undone before.')
  }
  const seen = made.status === 'open' ? await needs.provider.confirm(attempt, made.id) : made
  const settled = await settle(needs, attempt, seen)
  return toldOf(settled.attempt, seen)
}

/** Throws where it is not known yet what became of it. */
function toldOf(attempt: Attempt, seen?: SeenIntent): Authorization {
  const { paymentId, state, failureCode } = attempt
  switch (state) {
    case 'AUTHORIZED':
    case 'CAPTURED':
      return { kind: 'PaymentAuthorized', paymentId }
    case 'FAILED':
      return { kind: 'PaymentRefused', paymentId, code: failureCode ?? 'card_declined' }
    case 'VOIDED':
      throw new StepUndone('This step was undone before.')
    case 'REQUIRES_ACTION':
      if (seen?.clientSecret) return asking(paymentId, seen.clientSecret, seen.redirectUrl)
      throw unknown()
    case 'PENDING':
      throw unknown()
  }
}

const unknown = () => new UnknownOutcome('The provider has not said yet; ask again.')

const asking = (
  paymentId: string,
  clientSecret: string,
  redirectUrl: string | null,
): PaymentActionRequired => ({
  kind: 'PaymentActionRequired',
  paymentId,
  clientSecret,
  redirectUrl,
})
