import { minorDigits } from '@shop/kit/money'
import type { OrderFacts } from './order-facts.ts'
import { keyKinds, type Past, pastKeyed, windows } from './past.ts'

export type FeatureKind = 'NUMBER' | 'FLAG' | 'TEXT'

/** Null is not known; a condition about it is neither true nor false. */
export type FeatureValue = number | boolean | string | null

export type Features = Readonly<Record<string, FeatureValue>>

export interface Feature {
  readonly name: string
  readonly kind: FeatureKind
  readonly about: string
}

const number = (name: string, about: string): Feature => ({ name, kind: 'NUMBER', about })
const flag = (name: string, about: string): Feature => ({ name, kind: 'FLAG', about })
const text = (name: string, about: string): Feature => ({ name, kind: 'TEXT', about })

const ofOrder: readonly Feature[] = [
  number('total', 'What it costs, in whole units of its currency.'),
  number('items', 'How many things, over all lines.'),
  number('most_of_one', 'The largest quantity of a line.'),
  number('account_age_days', 'Not known for guests.'),
  number('previous_orders', 'Orders before this one.'),
  flag('is_guest', 'Bought without an account.'),
  flag('email_verified', 'Not known for guests.'),
  flag('countries_differ', 'Billed to another country than it is sent to.'),
  flag('is_allow_listed', 'Something of it is on the allow list.'),
  flag('is_block_listed', 'Something of it is on the block list.'),
  text('currency', 'ISO 4217.'),
  text('shipping_country', 'ISO 3166-1, two letters.'),
  text('billing_country', 'ISO 3166-1, two letters.'),
  text('email_domain', 'What stands behind the @.'),
]

const ofPast: readonly Feature[] = [
  ...keyKinds.flatMap((kind) => [
    ...windows.map(({ name, words }) =>
      number(`orders_of_${kind}_${name}`, `Other orders with this ${kind} in ${words}.`),
    ),
    number(`failures_of_${kind}_1d`, `Payments with this ${kind} that failed in a day.`),
    number(`frauds_of_${kind}_30d`, `Frauds with this ${kind} in 30 days.`),
  ]),
  number('emails_of_card_30d', 'E-mail addresses that used this card in 30 days.'),
  number('cards_of_email_30d', 'Cards that this e-mail address used in 30 days.'),
  number('emails_of_device_30d', 'E-mail addresses seen on this device in 30 days.'),
]

export const features: readonly Feature[] = [
  ...ofOrder,
  ...ofPast,
  number('score', 'From 0 to 100, before any rule.'),
]

const byName = new Map(features.map((feature) => [feature.name, feature]))

export const featureNamed = (name: string): Feature | undefined => byName.get(name)

interface Known {
  readonly facts: OrderFacts
  /** Null where it could not be read in time. */
  readonly past: Past | null
  readonly isAllowListed: boolean
  readonly isBlockListed: boolean
}

/** Every feature but the score. */
export function featuresOf({ facts, past, isAllowListed, isBlockListed }: Known): Features {
  const { lines, total, shippingCountry, billingCountry } = facts
  const quantities = lines.map(({ quantity }) => quantity)
  return {
    ...unknownPast,
    ...(past && pastKeyed(past)),
    total: total.amountMinor / 10 ** minorDigits(total.currency),
    items: quantities.reduce((sum, each) => sum + each, 0),
    most_of_one: Math.max(0, ...quantities),
    account_age_days: facts.accountAgeDays,
    previous_orders: facts.previousOrders,
    is_guest: facts.isGuest,
    email_verified: facts.emailVerified,
    countries_differ: billingCountry === null ? null : billingCountry !== shippingCountry,
    is_allow_listed: isAllowListed,
    is_block_listed: isBlockListed,
    currency: total.currency,
    shipping_country: shippingCountry,
    billing_country: billingCountry,
    email_domain: facts.emailDomain,
  }
}

const unknownPast = Object.fromEntries(ofPast.map(({ name }) => [name, null]))
