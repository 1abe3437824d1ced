import type { KeyKind } from './order-facts.ts'

export const keyKinds = [
  'email',
  'address',
  'client',
  'network',
  'device',
  'card',
] as const satisfies readonly KeyKind[]

/** Thirty days is what is kept. */
export const windows = [
  { name: '1h', words: 'an hour', hours: 1 },
  { name: '1d', words: 'a day', hours: 24 },
  { name: '7d', words: '7 days', hours: 168 },
  { name: '30d', words: '30 days', hours: 720 },
] as const

/** How often what this order is known by was seen before, of what is known of it. */
export interface Past {
  readonly keys: Readonly<Partial<Record<KeyKind, KeyPast>>>
  readonly emailsOfCard: number | null
  readonly cardsOfEmail: number | null
  readonly emailsOfDevice: number | null
}

interface KeyPast {
  /** Within each of the windows. */
  readonly orders: readonly number[]
  readonly failures: number
  readonly frauds: number
}

export function pastKeyed(past: Past): Readonly<Record<string, number | null>> {
  const all = Object.entries(past.keys).flatMap(([kind, { orders, failures, frauds }]) => [
    ...windows.map(({ name }, at) => [`orders_of_${kind}_${name}`, orders[at] ?? 0] as const),
    [`failures_of_${kind}_1d`, failures] as const,
    [`frauds_of_${kind}_30d`, frauds] as const,
  ])
  return {
    ...Object.fromEntries(all),
    emails_of_card_30d: past.emailsOfCard,
    cards_of_email_30d: past.cardsOfEmail,
    emails_of_device_30d: past.emailsOfDevice,
  }
}
