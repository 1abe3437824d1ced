import { kindOf, type RoleName, scopesOf } from './roles.ts'
import type { SignedIn } from './sign-in.ts'
import type { User } from './user.ts'

export interface SignedInUser {
  readonly id: string
  readonly email: string
  readonly emailVerified: boolean
  readonly roles: readonly RoleName[]
  readonly scopes: readonly string[]
}

export interface AuthPayload {
  readonly accessToken: string
  readonly expiresAt: Date
  readonly refreshToken: string | null
  readonly user: SignedInUser
}

interface Needs {
  people: { users(ids: readonly string[]): Promise<readonly User[]> }
  tokens: {
    mint(claims: {
      userId: string
      sessionId: string
      kind: 'user' | 'staff'
      scopes: readonly string[]
      isEmailVerified: boolean
    }): Promise<{ readonly text: string; readonly expiresAt: Date }>
  }
}

/** Tokens for who has signed in, with the rights that they have now. */
export async function grant(
  { people, tokens }: Needs,
  { userId, sessionId, refreshToken }: SignedIn,
): Promise<AuthPayload & { readonly refreshToken: string }> {
  const [user] = await people.users([userId])
  if (!user) throw new Error('Somebody signed in who is not there.')
  const { id, email, emailVerified, roles } = user
  // An unverified address holds no role, whatever was written beside it.
  const held = emailVerified ? roles : []
  const scopes = scopesOf(held)
  const kind = kindOf(held)
  const claims = { userId, sessionId, kind, scopes, isEmailVerified: emailVerified }
  const { text: accessToken, expiresAt } = await tokens.mint(claims)
  const signedIn = { id, email, emailVerified, roles, scopes }
  return { accessToken, expiresAt, refreshToken, user: signedIn }
}
