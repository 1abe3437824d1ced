import { type Asked, viewerIn } from '@shop/kit/identity'
import { type Counting, countOwn } from './guessing.ts'
import { BadCredentials, newPassword, preparedPassword } from './password.ts'

export interface PasswordChange {
  /** The hash of what was given as the current password. */
  readonly was: string
  readonly is: string
}

interface PrepareNeeds extends Asked, Counting {
  passwords: {
    hash(email: string, password: string): Promise<string>
    /** As this hash was made: of the same password the same text. */
    like(passwordHash: string, password: string): Promise<string>
  }
  credentials: { of(userId: string): Promise<{ email: string; passwordHash: string } | null> }
}

/** The slow part, outside of any transaction. */
export async function prepareChange(
  needs: PrepareNeeds,
  given: { currentPassword: string; newPassword: string },
): Promise<PasswordChange> {
  const userId = viewerIn(needs)
  await countOwn(needs, 'change-password', userId)
  const own = await needs.credentials.of(userId)
  if (!own) throw wrong()
  const next = newPassword(given.newPassword, own.email)
  const was = await needs.passwords.like(own.passwordHash, preparedPassword(given.currentPassword))
  return { was, is: await needs.passwords.hash(own.email, next) }
}

interface Needs extends Asked {
  credentials: { replace(userId: string, change: PasswordChange): Promise<boolean> }
  sessions: { endAll(userId: string, but?: string): Promise<void> }
}

/** Ends every session but the one that asks. */
export async function changePassword(needs: Needs, { was, is }: PasswordChange) {
  const userId = viewerIn(needs)
  if (!(await needs.credentials.replace(userId, { was, is }))) throw wrong()
  await needs.sessions.endAll(userId, needs.identity.sessionId)
  return { kind: 'PasswordChanged', userId } as const
}

const wrong = () => new BadCredentials('This is not the current password.')
