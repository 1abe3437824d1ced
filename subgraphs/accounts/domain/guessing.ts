import { RateLimited } from '@shop/kit/errors'
import { networkOf } from '@shop/kit/identity'

interface Rule {
  readonly key: string
  readonly most: number
  readonly perMs: number
}

export interface Counting {
  limits: {
    hit(
      scope: string,
      rules: readonly Rule[],
    ): Promise<{ readonly isAllowed: boolean; readonly retryAfterMs: number }>
  }
}

/** Where somebody asks from: their network address and the shop session of their browser. */
export interface Whence {
  readonly address?: string | undefined
  readonly guestId?: string | undefined
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** The wait grows with the windows that are used up: a minute, an hour, a day, and never for good. */
const growing = (key: string): Rule[] => [
  { key: `${key} minute`, most: 5, perMs: minuteMs },
  { key: `${key} hour`, most: 20, perMs: hourMs },
  { key: `${key} day`, most: 50, perMs: dayMs },
]

/** An office or a mobile network is one address to us. */
const fromPlace = (place: string): Rule[] => [
  { key: `${place} minute`, most: 60, perMs: minuteMs },
  { key: `${place} hour`, most: 600, perMs: hourMs },
]

/**
 * Counts a guess at a password before it is checked, so that many at once are counted too. All
 * strangers share the attempts on one account; who signs in from where the account was used before
 * has attempts of their own, so that no stranger can keep the owner out.
 */
export function countSignIn(
  { limits }: Counting,
  { email, whence, isKnown }: { email: string; whence: Whence; isKnown: boolean },
): Promise<void> {
  const places = placesOf(whence)
  const account = isKnown ? places.map((place) => `${email} from ${place}`) : [`${email} strangers`]
  return allow(limits, 'sign-in', [...account.flatMap(growing), ...places.flatMap(fromPlace)])
}

export function countRegistration(
  { limits }: Counting,
  { email, whence }: { email: string; whence: Whence },
): Promise<void> {
  // Each sends a mail to this address.
  const ofEmail = { key: `${email} hour`, most: 5, perMs: hourMs }
  return allow(limits, 'register', [ofEmail, ...placesOf(whence).flatMap(fromPlace)])
}

/** Five an hour for one address, known here or not. */
export function countReset(
  { limits }: Counting,
  { email, whence }: { email: string; whence: Whence },
): Promise<void> {
  const ofEmail = { key: `${email} hour`, most: 5, perMs: hourMs }
  return allow(limits, 'reset', [ofEmail, ...placesOf(whence).flatMap(fromPlace)])
}

/** Five an hour of one kind, such as a change of password, for one account. */
export function countOwn({ limits }: Counting, act: string, userId: string): Promise<void> {
  return allow(limits, act, [{ key: userId, most: 5, perMs: hourMs }])
}

/** Guesses of single-use tokens, which nobody can guess, but which cost a look each. */
export function countToken({ limits }: Counting, whence: Whence): Promise<void> {
  return allow(limits, 'mail-token', placesOf(whence).flatMap(fromPlace))
}

async function allow(limits: Counting['limits'], scope: string, rules: readonly Rule[]) {
  if (rules.length === 0) return
  const { isAllowed, retryAfterMs } = await limits.hit(scope, rules)
  if (isAllowed) return
  throw new RateLimited('Too many attempts; try again later.', Math.ceil(retryAfterMs / 1000))
}

/** As they are counted and remembered. */
export function placesOf({ address, guestId }: Whence): string[] {
  return [
    ...(address ? [`address:${networkOf(address)}`] : []),
    ...(guestId ? [`device:${guestId}`] : []),
  ]
}
