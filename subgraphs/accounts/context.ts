import type { Database } from '@shop/kit/database'
import { type Once, onceIn, secretlyOnceIn } from '@shop/kit/idempotency'
import type { Identity } from '@shop/kit/identity'
import { type Loader, loadAllBy, loadById } from '@shop/kit/loader'
import type { Request } from '@shop/kit/request'
import type { AccessTokens } from './clients/access-tokens.ts'
import { Addresses } from './db/addresses.ts'
import { ApiKeys } from './db/api-keys.ts'
import { Credentials } from './db/credentials.ts'
import { MailTokens } from './db/mail-tokens.ts'
import { People } from './db/people.ts'
import type { Tables } from './db/schema.ts'
import { mailTokenBy } from './db/secrets.ts'
import { Sessions } from './db/sessions.ts'
import { Staff } from './db/staff.ts'
import type { ApiKey, ApiKeyGrant } from './domain/api-keys.ts'
import type { Mail, MailPurpose } from './domain/mail.ts'
import type { Address, Session, User, UserProfile } from './domain/user.ts'
import { accounts, type Door, doorOn, type Opened } from './door.ts'
import { type OwnPassword, ownPasswordOn } from './own-password.ts'
import { type Recovery, recoveryOn } from './recovery.ts'

/** What an act of the domain is given, within its transaction and as its caller. */
type World = ReturnType<typeof worldIn>

/** What a resolver can reach. Made anew for each request, so what its loaders remember ends with it. */
export interface Context extends Request {
  door: Door
  recovery: Recovery
  ownPassword: OwnPassword
  once: Once<World>
  /** For an act whose answer is shown once. */
  secretly: Once<World>
  tokens: AccessTokens
  people: People
  addresses: Addresses
  apiKeys: ApiKeys
  users: Loader<string, User>
  profiles: Loader<string, UserProfile>
  sessions: Loader<string, Session>
  sessionsOf: ReturnType<typeof loadAllBy<Session>>
  addressById: Loader<string, Address>
  apiKeyById: Loader<string, ApiKey>
  statusOf(token: string): Promise<{ isValid: boolean; expiresAt: Date | null }>
  grantOf(hash: string): Promise<ApiKeyGrant | null>
  mailFor(asked: { userId: string; eventId: string; purpose: MailPurpose }): Promise<Mail | null>
}

function worldIn(db: Database<Tables>, identity: Identity, { clock, limits }: Opened) {
  return {
    identity,
    limits,
    people: new People(db, identity, clock),
    sessions: new Sessions(db, identity, clock),
    credentials: new Credentials(db, identity, clock),
    addresses: new Addresses(db, identity, clock),
    staff: new Staff(db, identity, clock),
    apiKeys: new ApiKeys(db, identity, clock),
  }
}

export function contextOn(opened: Opened & { mailKey: Buffer }) {
  const { db, clock, tokens } = opened
  const door = doorOn(opened)
  const recovery = recoveryOn(opened)
  const ownPassword = ownPasswordOn(opened)
  const mailTokens = new MailTokens(db, accounts, clock)
  const mailToken = mailTokenBy(opened.mailKey)
  const all = worldIn(db, accounts, opened)

  return (request: Request): Context => {
    const { identity } = request
    const { people, sessions, addresses, apiKeys } = worldIn(db, identity, opened)
    const needsIn = (tx: Database<Tables>) => worldIn(tx, identity, opened)
    const once = onceIn(db, identity, needsIn)
    return {
      ...request,
      door: door(request),
      recovery: recovery(request),
      ownPassword: ownPassword(identity, once),
      once,
      secretly: secretlyOnceIn(db, identity, needsIn),
      tokens,
      people,
      addresses,
      apiKeys,
      ...loadersOf({ people, sessions, addresses, apiKeys }),
      async statusOf(token) {
        const read = await tokens.read(token)
        const isValid = read !== null && (await all.sessions.isLive(read.sessionId))
        return { isValid, expiresAt: isValid ? read.expiresAt : null }
      },
      grantOf: (hash) => all.apiKeys.grantOf(hash),
      mailFor: (asked) => mailTokens.mailFor(asked, mailToken),
    }
  }
}

type Loaded = Pick<World, 'people' | 'sessions' | 'addresses' | 'apiKeys'>

const idOf = ({ id }: { readonly id: string }) => id

const loadersOf = ({ people, sessions, addresses, apiKeys }: Loaded) => ({
  users: loadById((ids) => people.users(ids), idOf),
  profiles: loadById((ids) => people.profiles(ids), idOf),
  sessions: loadById((ids) => sessions.sessions(ids), idOf),
  sessionsOf: loadAllBy(
    (ids) => sessions.of(ids),
    ({ userId }) => userId,
  ),
  addressById: loadById((ids) => addresses.addresses(ids), idOf),
  apiKeyById: loadById((ids) => apiKeys.keys(ids), idOf),
})
