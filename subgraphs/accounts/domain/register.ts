import { newId } from '@shop/kit/ids'
import { canonicalEmail } from './email.ts'
import { countRegistration, placesOf } from './guessing.ts'
import { newPassword } from './password.ts'
import type { SignedIn, SignIn, SignInNeeds } from './sign-in.ts'

export interface NewUser {
  readonly userId: string
  readonly email: string
  readonly passwordHash: string
  readonly givenName: string | null
  readonly familyName: string | null
}

interface Needs extends SignInNeeds {
  passwords: SignInNeeds['passwords'] & {
    /** Of one address and one password always the same. */
    hash(email: string, password: string): Promise<string>
  }
  people: SignInNeeds['people'] & { add(user: NewUser): Promise<void> }
}

export interface Registration extends SignIn {
  readonly givenName: string | null
  readonly familyName: string | null
}

/**
 * Makes an account that claims this address, and signs in. Whether somebody else claims it or has
 * verified it makes no difference to the answer or its time: the address will belong to whoever can
 * read its mail. Who already has an account with this very password is signed in to that one.
 */
export async function register(needs: Needs, asked: Registration): Promise<SignedIn> {
  const email = canonicalEmail(asked.email)
  const password = newPassword(asked.password, email)
  const { whence, device, givenName, familyName } = asked
  await countRegistration(needs, { email, whence })

  const candidates = await needs.people.candidates(email, placesOf(whence))
  const passwordHash = await needs.passwords.hash(email, password)
  // One address, one salt: the same password of the same address is the same text.
  const own = candidates.find((candidate) => candidate.passwordHash === passwordHash)
  const again = own && (await needs.sessions.open({ ...own, whence, device }))
  if (again) return again

  const userId = newId()
  await needs.people.add({ userId, email, passwordHash, givenName, familyName })
  const signedIn = await needs.sessions.open({ userId, passwordHash, whence, device })
  if (!signedIn) throw new Error('An account that was just made could not be signed in to.')
  return signedIn
}
