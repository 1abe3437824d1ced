import type { Clock } from '@shop/kit/clock'
import { canonicalEmail } from './email.ts'
import { type Counting, countSignIn, placesOf, type Whence } from './guessing.ts'
import { BadCredentials, preparedPassword } from './password.ts'

/** An account that claims an address. More than one may, until one of them has verified it. */
export interface Candidate {
  readonly userId: string
  readonly passwordHash: string
  readonly isVerified: boolean
  /** Whether it was used from one of these places before. */
  readonly isKnown: boolean
}

export interface NewSession {
  readonly userId: string
  readonly whence: Whence
  readonly device: string | null
}

export interface SignedIn {
  readonly userId: string
  readonly sessionId: string
  readonly refreshToken: string
}

export interface Passwords {
  /** Those of the candidates whose password this is. The same work for none, one or many. */
  matching<C extends { readonly passwordHash: string }>(
    email: string,
    password: string,
    candidates: readonly C[],
  ): Promise<C[]>
}

export interface SignInNeeds extends Counting {
  clock: Clock
  passwords: Passwords
  people: {
    /** The active accounts that claim the address: the verified one first, then the oldest. */
    candidates(email: string, places: readonly string[]): Promise<Candidate[]>
  }
  sessions: {
    /** Null when the account was deactivated, or its password changed, since it was looked at. */
    open(session: NewSession & { passwordHash: string }): Promise<SignedIn | null>
  }
}

export interface SignIn {
  readonly email: string
  readonly password: string
  readonly whence: Whence
  /** A name for the list of sessions. */
  readonly device: string | null
}

export async function signIn(needs: SignInNeeds, asked: SignIn): Promise<SignedIn> {
  const email = canonicalEmail(asked.email)
  const password = preparedPassword(asked.password)
  const { whence, device } = asked
  const candidates = await needs.people.candidates(email, placesOf(whence))
  await countSignIn(needs, { email, whence, isKnown: candidates.some(({ isKnown }) => isKnown) })

  const [match] = await needs.passwords.matching(email, password, candidates)
  const signedIn = match && (await needs.sessions.open({ ...match, whence, device }))
  if (!signedIn) throw new BadCredentials('E-mail address and password do not belong together.')
  return signedIn
}
