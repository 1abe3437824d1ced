import { Past } from './past.ts'
import type { Story } from './story.ts'

export interface SignUp {
  /** Days since 1970. */
  readonly at: number
  readonly address: string
  readonly email: string
}

/** How long it takes until a sign-up is known to be fraud, in days. */
const delayDays = 7

/**
 * Fraudsters come from addresses that nobody else comes from, under e-mails that come from many:
 * how often either was seen is what tells, and what became of it before.
 */
export function signUpStory(): Story<SignUp> {
  const past = new Past(delayDays)
  const partners = { ofAddress: new Partners(), ofEmail: new Partners() }
  let [seen, first] = [0, Number.NaN]
  const keysOf = ({ address, email }: SignUp) => [
    key('ip', address),
    key('mail', email),
    key('both', address && email && `${address} ${email}`),
  ]
  const happening = (event: SignUp) => ({ at: event.at, keys: keysOf(event) })
  return {
    names: [
      ...['address', 'email', 'both'].flatMap((of) => keyColumns.map((name) => `${of} ${name}`)),
      'emails of address',
      'addresses of email',
    ],
    row(event) {
      const ofKeys = keysOf(event).flatMap((each) => {
        const pace = past.pace(each, event.at)
        return [
          // By how many there could have been: a count alone grows with the shop.
          (1000 * pace.total) / Math.max(100, seen),
          ...pace.counts,
          pace.sinceLast,
          pace.sinceFirst / Math.max(1, event.at - first),
          past.risk(each, event.at, 5),
          past.labels(each, event.at).total,
        ]
      })
      const [address, email] = [
        partners.ofAddress.of(event.address),
        partners.ofEmail.of(event.email),
      ]
      return [...ofKeys, address, email]
    },
    saw(event) {
      past.saw(happening(event))
      partners.ofAddress.add(event.address, event.email)
      partners.ofEmail.add(event.email, event.address)
      if (seen === 0) first = event.at
      seen += 1
    },
    told: (event, fraud) => past.told(happening(event), fraud),
  }
}

const keyColumns = [
  'share',
  'in 1 day',
  'in 7 days',
  'in 30 days',
  'days since last',
  'age',
  'risk',
  'labels',
]

const key = (kind: string, value: string) => (value === '' ? '' : `${kind} ${value}`)

/** With how many different others a value came. */
class Partners {
  readonly #others = new Map<string, Set<string>>()

  of = (value: string): number => this.#others.get(value)?.size ?? 0

  /** Beyond 200 it says nothing more, and costs memory. */
  add(value: string, other: string): void {
    if (value === '' || value.length + other.length > 640) return
    const others = this.#others.get(value) ?? new Set()
    if (others.size < 200) others.add(other)
    this.#others.set(value, others)
  }
}
