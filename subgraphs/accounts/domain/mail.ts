import { ShopError } from '@shop/kit/errors'
import { type Counting, countToken, type Whence } from './guessing.ts'
import { newPassword } from './password.ts'

export type MailPurpose = 'VERIFY' | 'RESET' | 'NOTICE'

export interface Mail {
  readonly email: string
  readonly token: string | null
  readonly tokenExpiresAt: Date | null
  /** Claimed, but another account's. */
  readonly isTaken: boolean
}

/** The same for one that never was, was used, is over, or is of an address somebody else has verified. */
export class LinkRefused extends ShopError {
  readonly code = 'LINK_REFUSED'
}

const refused = () => new LinkRefused('This link is not good, or no longer. Ask for a new one.')

interface Tokens {
  owner(token: string, purpose: 'RESET'): Promise<{ userId: string; email: string } | null>
  use(token: string, purpose: 'VERIFY' | 'RESET'): Promise<boolean>
  verify(userId: string): Promise<boolean>
}

interface VerifyNeeds extends Counting {
  /** One transaction, in which these work. */
  within<R>(work: (tokens: VerifyTokens) => Promise<R>): Promise<R>
}

interface VerifyTokens extends Omit<Tokens, 'owner'> {
  owner(token: string, purpose: 'VERIFY'): Promise<{ userId: string } | null>
}

export async function verifyEmail(
  needs: VerifyNeeds,
  { token, whence }: { token: string; whence: Whence },
): Promise<void> {
  await countToken(needs, whence)
  await needs.within(async (tokens) => {
    const owner = await tokens.owner(token, 'VERIFY')
    if (!owner || !(await tokens.use(token, 'VERIFY'))) throw refused()
    if (!(await tokens.verify(owner.userId))) throw refused()
  })
}

interface ResetNeeds extends Counting {
  tokens: Tokens
  passwords: { hash(email: string, password: string): Promise<string> }
  within<R>(
    work: (inside: {
      tokens: Tokens
      credentials: { set(userId: string, passwordHash: string): Promise<void> }
      sessions: { endAll(userId: string): Promise<void> }
      places: { remember(userId: string, whence: Whence): Promise<void> }
    }) => Promise<R>,
  ): Promise<R>
}

interface Reset {
  readonly token: string
  readonly newPassword: string
  readonly whence: Whence
}

/** Sets the password, ends every session, and, since the link came by mail, verifies the address. */
export async function confirmReset(needs: ResetNeeds, asked: Reset): Promise<void> {
  const { token, whence } = asked
  await countToken(needs, whence)
  const owner = await needs.tokens.owner(token, 'RESET')
  if (!owner) throw refused()
  const { userId, email } = owner
  const passwordHash = await needs.passwords.hash(email, newPassword(asked.newPassword, email))
  await needs.within(async ({ tokens, credentials, sessions, places }) => {
    if (!(await tokens.use(token, 'RESET'))) throw refused()
    await credentials.set(userId, passwordHash)
    await tokens.verify(userId)
    await sessions.endAll(userId)
    // Whoever was kept out by the guesses of others gets in from here.
    await places.remember(userId, whence)
  })
}
