import type Stripe from 'stripe'
import type { Form } from './form.ts'
import type { Store } from './store.ts'

/** One request, as the deeds of this Stripe are given it. */
export interface Asked {
  readonly store: Store
  readonly form: Form
  /** The parts of the path that are ids. */
  readonly ids: readonly string[]
  /** Seconds of the epoch. */
  readonly now: number
  /** Of the double itself: where the bank's page is. */
  readonly url: string
  /** Set for who came with a publishable key. */
  readonly clientSecret: string | null
  /** Tells of a change, after the one before it. */
  emit(type: Stripe.Event.Type, object: object): void
}

export type Deed = (asked: Asked) => object

/** What was made and is confirmed in one call: its means of payment was given to it in the making. */
export const asAfter = (asked: Asked, id: string): Asked => ({
  ...asked,
  ids: [id],
  form: { ...asked.form, payment_method: undefined },
})
