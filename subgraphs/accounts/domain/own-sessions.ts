import { type Asked, viewerIn } from '@shop/kit/identity'
import { isId } from '@shop/kit/ids'

interface Needs extends Asked {
  sessions: {
    end(sessionId: string): Promise<void>
    endAll(userId: string, but?: string): Promise<void>
  }
}

const ended = (userId: string) => ({ kind: 'SessionsEnded', userId }) as const

export async function revokeSession(needs: Needs, { sessionId }: { sessionId: string }) {
  const userId = viewerIn(needs)
  if (isId(sessionId)) await needs.sessions.end(sessionId)
  return ended(userId)
}

/** All but the one that asks. */
export async function revokeOtherSessions(needs: Needs) {
  const userId = viewerIn(needs)
  await needs.sessions.endAll(userId, needs.identity.sessionId)
  return ended(userId)
}
