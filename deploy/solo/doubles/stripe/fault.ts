import type Stripe from 'stripe'

type Raw = Partial<Pick<Stripe.errors.StripeError, 'code' | 'decline_code' | 'param' | 'charge'>>

export interface FaultBody extends Raw {
  readonly type: string
  readonly message: string
  readonly payment_intent?: Stripe.PaymentIntent
  readonly setup_intent?: Stripe.SetupIntent
  readonly payment_method?: Stripe.PaymentMethod
}

/** An answer that is an error, as https://docs.stripe.com/api/errors tells them. */
export class Fault extends Error {
  readonly status: number
  readonly body: FaultBody
  /** Whether an idempotency key keeps it: what failed validation was never begun. */
  readonly isKept: boolean

  constructor(status: number, body: FaultBody, isKept = status === 402) {
    super(body.message)
    this.status = status
    this.body = body
    this.isKept = isKept
  }
}

export const invalid = (message: string, more: Raw = {}): Fault =>
  new Fault(400, { type: 'invalid_request_error', message, ...more })

export const missing = (what: string, id: string, param: string): Fault =>
  new Fault(404, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    message: `No such ${what}: '${id}'`,
    param,
  })

export const required = (param: string): Fault =>
  invalid(`Missing required param: ${param}.`, { code: 'parameter_missing', param })
