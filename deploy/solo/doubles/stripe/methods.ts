import type Stripe from 'stripe'
import type { Asked } from './asked.ts'
import { testCards } from './cards.ts'
import { newId } from './chance.ts'
import { invalid, missing, required } from './fault.ts'
import { formIn, textIn, textsIn } from './form.ts'
import { newMethod } from './objects.ts'

/** By its id; a test card's name makes one anew, as it does at Stripe. */
export function methodOf({ store, now }: Asked, id: string): Stripe.PaymentMethod {
  const known = store.get('payment_method', id)
  if (known) return known
  const card = testCards[id]
  if (!card) throw missing('PaymentMethod', id, 'payment_method')
  const method = store.put('payment_method', newMethod(card, now))
  store.put('card', { id: method.id, token: id })
  return method
}

export const retrieveMethod = (asked: Asked): Stripe.PaymentMethod =>
  methodOf(asked, asked.ids[0] ?? '')

export function createMethod(asked: Asked): Stripe.PaymentMethod {
  if (textIn(asked.form, 'type') !== 'card') throw required('type')
  const token = textIn(formIn(asked.form, 'card'), 'token') ?? 'tok_visa'
  return methodOf(asked, token.replace(/^tok_/, 'pm_card_'))
}

export function attachMethod(asked: Asked): Stripe.PaymentMethod {
  const { store, form } = asked
  const customer = textIn(form, 'customer')
  if (!customer) throw required('customer')
  if (!store.get('customer', customer)) throw missing('customer', customer, 'customer')
  const method = methodOf(asked, asked.ids[0] ?? '')
  if (method.customer && method.customer !== customer) {
    throw invalid('The payment method you provided has already been attached to a customer.')
  }
  return attached(asked, method, customer)
}

export function attached(
  { store, emit }: Asked,
  method: Stripe.PaymentMethod,
  customer: string,
): Stripe.PaymentMethod {
  const kept = store.put('payment_method', { ...method, customer })
  if (method.customer !== customer) emit('payment_method.attached', kept)
  return kept
}

export function detachMethod(asked: Asked): Stripe.PaymentMethod {
  const { store, ids, emit } = asked
  const method = store.get('payment_method', ids[0] ?? '')
  if (!method) throw missing('PaymentMethod', ids[0] ?? '', 'payment_method')
  if (!method.customer) {
    throw invalid(
      'The payment method you provided is not attached to a customer so detachment is impossible.',
    )
  }
  const kept = store.put('payment_method', { ...method, customer: null })
  emit('payment_method.detached', kept)
  return kept
}

export function createCustomer({ store, form, now, emit }: Asked): Stripe.Customer {
  const id = newId('cus')
  const customer = {
    id,
    object: 'customer',
    address: null,
    balance: 0,
    created: now,
    currency: null,
    default_source: null,
    delinquent: false,
    description: textIn(form, 'description') ?? null,
    discount: null,
    email: textIn(form, 'email') ?? null,
    invoice_prefix: id.slice(-8).toUpperCase(),
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: null,
      rendering_options: null,
    },
    livemode: false,
    metadata: textsIn(form, 'metadata'),
    name: null,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: null,
  } satisfies Stripe.Customer as Stripe.Customer
  store.put('customer', customer)
  emit('customer.created', customer)
  return customer
}
