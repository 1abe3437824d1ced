import type { AskOperation } from '@shop/kit/ask'
import type { Happening } from '../domain/checkout-machine.ts'
import { stepKey, undoKey } from '../domain/step-key.ts'
import type { Facts } from '../domain/walk.ts'
import { asked, type Question } from './asking.ts'

export type PaymentState =
  | 'PENDING'
  | 'REQUIRES_ACTION'
  | 'AUTHORIZED'
  | 'CAPTURED'
  | 'FAILED'
  | 'VOIDED'
  | 'PARTIALLY_REFUNDED'
  | 'REFUNDED'

export interface OrderPayment {
  readonly state: PaymentState
  readonly clientSecret: string | null
  readonly redirectUrl: string | null
}

type Authorized =
  | { __typename: 'PaymentAuthorized' | 'PaymentActionRequired' }
  | { __typename: 'PaymentRefused'; code: string }

/** A provider takes its time; the shopper's answer is due in fifteen seconds. */
const tenSeconds = 10_000

/** Payments, as a checkout asks it. */
export class Till {
  readonly #ask: AskOperation

  constructor(ask: AskOperation) {
    this.#ask = ask
  }

  async authorize({ orderId, owner, plan, needs3ds }: Facts): Promise<Happening> {
    const { authorizePayment: answer } = await this.#asked<{ authorizePayment: Authorized }>(
      owner,
      {
        operation: 'authorizePayment',
        variables: {
          input: {
            idempotencyKey: stepKey(orderId, 'authorize'),
            orderId,
            amount: plan.total,
            ...plan.payment,
            requireThreeDSecure: needs3ds,
          },
        },
      },
    )
    switch (answer.__typename) {
      case 'PaymentAuthorized':
        return { kind: 'done' }
      case 'PaymentActionRequired':
        return { kind: 'waits' }
      case 'PaymentRefused':
        return declined(answer.code)
    }
  }

  /** What is so at the provider, for a walk that waited for the shopper's bank. */
  async look({ orderId, owner }: Facts): Promise<Happening> {
    const payment = await this.payment(orderId, owner)
    switch (payment?.state) {
      case 'AUTHORIZED':
      case 'CAPTURED':
        return { kind: 'answered' }
      case 'FAILED':
      case 'VOIDED':
        return declined('authentication_failed')
      default:
        return { kind: 'waits' }
    }
  }

  async payment(orderId: string, owner: string): Promise<OrderPayment | null> {
    const { orderPayment } = await this.#asked<{ orderPayment: OrderPayment | null }>(owner, {
      operation: 'orderPayment',
      variables: { orderId },
      timeoutMs: 5000,
    })
    return orderPayment
  }

  async capture({ orderId, owner }: Facts): Promise<Happening> {
    const { capturePayment } = await this.#asked<{
      capturePayment: { __typename: string; state?: PaymentState }
    }>(owner, {
      operation: 'capturePayment',
      variables: { input: { idempotencyKey: stepKey(orderId, 'capture'), orderId } },
    })
    if (capturePayment.__typename === 'PaymentCaptured') return { kind: 'done' }
    // An authorisation that ended before it was used; one that is not settled is asked again.
    const isOver = ['FAILED', 'VOIDED'].includes(capturePayment.state ?? '')
    return isOver
      ? {
          kind: 'barred',
          reason: 'DECLINED',
          refusal: { kind: 'PaymentDeclined', code: 'expired' },
        }
      : { kind: 'unknown' }
  }

  async void({ orderId, owner }: Facts): Promise<void> {
    const input = {
      idempotencyKey: undoKey(orderId, 'authorize'),
      orderId,
      stepKey: stepKey(orderId, 'authorize'),
    }
    await this.#asked(owner, { operation: 'voidPayment', variables: { input } })
  }

  #asked<Data>(
    actsFor: string,
    question: Partial<Question> & Pick<Question, 'operation' | 'variables'>,
  ) {
    return asked<Data>(this.#ask, { actsFor, timeoutMs: tenSeconds, ...question })
  }
}

const declined = (code: string): Happening => ({
  kind: 'refused',
  refusal: { kind: 'PaymentDeclined', code },
})
