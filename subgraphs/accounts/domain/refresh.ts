import type { Clock } from '@shop/kit/clock'
import { InProgress, Unauthenticated } from '@shop/kit/errors'
import type { Whence } from './guessing.ts'
import type { SignedIn } from './sign-in.ts'

/** A refresh token as it was when its family was locked. */
export interface ShownToken {
  readonly sessionId: string
  readonly usedAt: Date | null
  /** When it had its second successor. */
  readonly repeatedAt: Date | null
  readonly isDead: boolean
  /** Whether the one that took its place was shown by now. */
  readonly isSuccessorUsed: boolean
  /** Of the session, or of the account. */
  readonly isOver: boolean
}

export interface Family {
  /** Locks the token's session: `busy` when another call has it, null for what is no token of ours. */
  lock(token: string): Promise<ShownToken | 'busy' | null>
  /** A new token in the place of this one; an unused successor dies. */
  succeed(token: string, whence: Whence): Promise<SignedIn>
  end(sessionId: string): Promise<void>
}

export interface Arrival {
  readonly token: string
  readonly arrivedAt: Date
  readonly whence: Whence
}

interface Needs {
  clock: Clock
  /** How long after a rotation whoever shows the old token still came at the same time. */
  settleMs: number
  /** One transaction, in which the family stays locked. */
  withFamily<R>(work: (family: Family) => Promise<R>): Promise<R>
}

const graceMs = 10_000

/**
 * One successor for each token (RFC 9700, 4.14.2). A reply can be lost, so a used token is good once
 * more for ten seconds while nobody has used its successor, which then dies. Anything else that was
 * used before ends the family: two hold it, and one of them stole it.
 */
export async function refresh(needs: Needs, arrival: Arrival): Promise<SignedIn> {
  const told = await needs.withFamily((family) => rotate(needs, arrival, family))
  switch (told) {
    case 'parallel':
      throw new InProgress('This token is being refreshed; use what the first call is given.')
    case 'refused':
      throw new Unauthenticated('This session is over; sign in again.')
    default:
      return told
  }
}

async function rotate(
  { clock, settleMs }: Needs,
  { token, arrivedAt, whence }: Arrival,
  family: Family,
): Promise<SignedIn | 'parallel' | 'refused'> {
  const shown = await family.lock(token)
  if (shown === 'busy') return 'parallel'
  if (!shown || shown.isOver) return 'refused'
  const verdict = verdictOn(shown, { now: clock.now(), arrivedAt, settleMs })
  if (verdict === 'good') return family.succeed(token, whence)
  if (verdict === 'stolen') await family.end(shown.sessionId)
  return verdict === 'stolen' ? 'refused' : 'parallel'
}

interface Moment {
  now: Date
  arrivedAt: Date
  settleMs: number
}

function verdictOn(shown: ShownToken, { now, arrivedAt, settleMs }: Moment) {
  const { usedAt, repeatedAt, isDead, isSuccessorUsed } = shown
  if (isDead) return 'stolen'
  if (!usedAt) return 'good'
  if (arrivedAt.getTime() <= (repeatedAt ?? usedAt).getTime() + settleMs) return 'parallel'
  const isInTime = now.getTime() - usedAt.getTime() <= graceMs
  return isInTime && !repeatedAt && !isSuccessorUsed ? 'good' : 'stolen'
}
