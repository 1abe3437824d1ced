import type { Identity } from '@shop/kit/identity'
import { type Loader, loadAllBy, loadById } from '@shop/kit/loader'
import type { Request } from '@shop/kit/request'
import type { AccessTokens } from './clients/access-tokens.ts'
import { People } from './db/people.ts'
import { Sessions } from './db/sessions.ts'
import type { Session, User, UserProfile } from './domain/user.ts'
import { accounts, type Door, doorOn, type Opened } from './door.ts'

interface TokenStatus {
  readonly isValid: boolean
  readonly expiresAt: Date | null
}

/** What a resolver can reach. Made anew for each request, so what its loaders remember ends with it. */
export interface Context extends Request {
  door: Door
  tokens: AccessTokens
  people: People
  users: Loader<string, User>
  profiles: Loader<string, UserProfile>
  sessions: Loader<string, Session>
  sessionsOf: ReturnType<typeof loadAllBy<Session>>
  statusOf(token: string): Promise<TokenStatus>
}

export const contextOn = (opened: Opened) => {
  const { db, clock, tokens } = opened
  const door = doorOn(opened)
  const own = (identity: Identity) => ({
    people: new People(db, identity, clock),
    sessions: new Sessions(db, identity, clock),
  })
  const { sessions: all } = own(accounts)

  return (request: Request): Context => {
    const { people, sessions } = own(request.identity)
    return {
      ...request,
      door: door(request),
      tokens,
      people,
      users: loadById(
        (ids) => people.users(ids),
        ({ id }) => id,
      ),
      profiles: loadById(
        (ids) => people.profiles(ids),
        ({ id }) => id,
      ),
      sessions: loadById(
        (ids) => sessions.sessions(ids),
        ({ id }) => id,
      ),
      sessionsOf: loadAllBy(
        (ids) => sessions.of(ids),
        ({ userId }) => userId,
      ),
      async statusOf(token) {
        const read = await tokens.read(token)
        const isValid = read !== null && (await all.isLive(read.sessionId))
        return { isValid, expiresAt: isValid ? read.expiresAt : null }
      },
    }
  }
}
