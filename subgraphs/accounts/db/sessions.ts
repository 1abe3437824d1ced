import type { Clock } from '@shop/kit/clock'
import type { Database } from '@shop/kit/database'
import type { Identity } from '@shop/kit/identity'
import { newId } from '@shop/kit/ids'
import { sql } from 'kysely'
import type { Family } from '../domain/refresh.ts'
import type { NewSession, SignedIn } from '../domain/sign-in.ts'
import type { Session } from '../domain/user.ts'
import { remember } from './known-places.ts'
import { familyIn, issue, ofToken, refreshMs } from './refresh-tokens.ts'
import type { Tables } from './schema.ts'

const sessionColumns = [
  'id',
  'user_id as userId',
  'device',
  'address',
  'created_at as createdAt',
  'used_at as usedAt',
  'expires_at as expiresAt',
] as const

export class Sessions {
  readonly #db: Database<Tables>
  readonly #caller: Identity
  readonly #clock: Clock

  constructor(db: Database<Tables>, caller: Identity, clock: Clock) {
    this.#db = db
    this.#caller = caller
    this.#clock = clock
  }

  /** Null when the account was deactivated, or its password changed, since it was looked at. */
  open(session: NewSession & { passwordHash: string }): Promise<SignedIn | null> {
    const { userId, whence, device, passwordHash } = session
    const now = this.#clock.now()
    return this.#db.as(this.#caller, async (tx) => {
      // Locked, so a password that is being changed is waited for: its change ends this session or forbids it.
      const owner = await tx
        .selectFrom('credentials')
        .innerJoin('users', 'users.id', 'credentials.user_id')
        .where('user_id', '=', userId)
        .where('password_hash', '=', passwordHash)
        .where('deactivated_at', 'is', null)
        .select('user_id')
        .forShare()
        .executeTakeFirst()
      if (!owner) return null

      const sessionId = newId()
      const times = {
        created_at: now,
        used_at: now,
        expires_at: new Date(now.getTime() + refreshMs),
      }
      const address = whence.address ?? null
      await tx
        .insertInto('sessions')
        .values({ id: sessionId, user_id: userId, device, address, ...times })
        .execute()
      await remember(tx, userId, { whence, now })
      return { userId, sessionId, refreshToken: await issue(tx, sessionId, now) }
    })
  }

  /** One transaction, in which the family stays locked. */
  withFamily<R>(work: (family: Family) => Promise<R>): Promise<R> {
    return this.#db.as(this.#caller, (tx) => work(familyIn(tx, this.#clock.now())))
  }

  /** Newest first, those that are not over. */
  of(userIds: readonly string[]): Promise<Session[]> {
    return this.#db.see(this.#caller, (tx) =>
      tx
        .selectFrom('sessions')
        .where('user_id', 'in', userIds)
        .where('ended_at', 'is', null)
        .where('expires_at', '>', this.#clock.now())
        .orderBy('id', 'desc')
        .select(sessionColumns)
        .execute(),
    )
  }

  sessions(ids: readonly string[]): Promise<Session[]> {
    return this.#db.see(this.#caller, (tx) =>
      tx.selectFrom('sessions').where('id', 'in', ids).select(sessionColumns).execute(),
    )
  }

  isLive(sessionId: string): Promise<boolean> {
    return this.#db.as(this.#caller, async (tx) => {
      const found = await tx
        .selectFrom('sessions')
        .where('id', '=', sessionId)
        .where('ended_at', 'is', null)
        .where('expires_at', '>', this.#clock.now())
        .select('id')
        .executeTakeFirst()
      return found !== undefined
    })
  }

  /** Nothing where it is not there, or not the caller's to end. */
  async end(sessionId: string): Promise<void> {
    await this.#db.as(this.#caller, (tx) =>
      tx
        .updateTable('sessions')
        .set({ ended_at: this.#clock.now() })
        .where('id', '=', sessionId)
        .where('ended_at', 'is', null)
        .execute(),
    )
  }

  /** All of this account's, but for the one that is named. */
  async endAll(userId: string, but?: string): Promise<void> {
    await this.#db.as(this.#caller, (tx) => {
      const all = tx
        .updateTable('sessions')
        .set({ ended_at: this.#clock.now() })
        .where('user_id', '=', userId)
        .where('ended_at', 'is', null)
      return (but ? all.where('id', '!=', but) : all).execute()
    })
  }

  /** Of a month ago, with all that belongs to them; so many at once that nobody waits for it. */
  async forget(): Promise<void> {
    const before = new Date(this.#clock.now().getTime() - 30 * 86_400_000)
    await this.#db.as(this.#caller, async (tx) => {
      await sql`delete from sessions where id in (
        select id from sessions where least(ended_at, expires_at) < ${before} limit 5000)`.execute(
        tx,
      )
      await sql`delete from mail_tokens where expires_at < ${before}`.execute(tx)
      await sql`delete from known_places where seen_at < ${before}::timestamptz - interval '90 days'`.execute(
        tx,
      )
    })
  }

  /** Of whoever shows this refresh token, whatever has become of it. */
  async endOfToken(token: string): Promise<void> {
    await this.#db.as(this.#caller, (tx) =>
      tx
        .updateTable('sessions')
        .set({ ended_at: this.#clock.now() })
        .where('id', '=', ofToken(token))
        .where('ended_at', 'is', null)
        .execute(),
    )
  }
}
