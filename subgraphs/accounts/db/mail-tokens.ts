import type { Clock } from '@shop/kit/clock'
import type { Database, Tx } from '@shop/kit/database'
import { announce } from '@shop/kit/events'
import type { Identity } from '@shop/kit/identity'
import { isId } from '@shop/kit/ids'
import { sql } from 'kysely'
import type { Mail, MailPurpose } from '../domain/mail.ts'
import { userVerified } from '../events.ts'
import type { Tables } from './schema.ts'
import { hashOf } from './secrets.ts'

type Due = Exclude<MailPurpose, 'NOTICE'>

const hourMs = 3_600_000

const livesMs: Readonly<Record<Due, number>> = { VERIFY: 86_400_000, RESET: 30 * 60_000 }

interface Asked {
  readonly userId: string
  readonly eventId: string
  readonly purpose: MailPurpose
}

/** Tokens that go out by mail: hashed, good once and not for long. */
export class MailTokens {
  readonly #db: Database<Tables>
  readonly #caller: Identity
  readonly #clock: Clock

  constructor(db: Database<Tables>, caller: Identity, clock: Clock) {
    this.#db = db
    this.#caller = caller
    this.#clock = clock
  }

  /** Where the mail goes and what it carries; asked again for the same event, the same. */
  async mailFor(asked: Asked, tokenOf: (named: string) => string): Promise<Mail | null> {
    if (!isId(asked.userId) || !isId(asked.eventId)) return null
    return this.#db.as(this.#caller, async (tx) => {
      const person = await addressed(tx, asked.userId)
      if (!person) return null
      const { email, isVerified, isTaken } = person
      const mail = { email, isTaken, token: null, tokenExpiresAt: null }
      if (asked.purpose === 'NOTICE' || isTaken) return mail
      if (asked.purpose === 'VERIFY' && isVerified) return mail
      const token = tokenOf(`${asked.purpose} ${asked.eventId}`)
      const due = { ...asked, purpose: asked.purpose }
      const tokenExpiresAt = await this.#mint(tx, due, hashOf(token))
      return tokenExpiresAt ? { ...mail, token, tokenExpiresAt } : mail
    })
  }

  /** When it ends; null where nobody asked, or what was made for this event was used or is over. */
  async #mint(
    tx: Tx<Tables>,
    { userId, eventId, purpose }: Asked & { purpose: Due },
    hash: Buffer,
  ) {
    const now = this.#clock.now()
    const expiresAt = new Date(now.getTime() + livesMs[purpose])
    const { rows } = await sql`
      insert into mail_tokens (event_id, hash, purpose, user_id, expires_at)
      select ${eventId}, ${hash}, ${purpose}, ${userId}, ${expiresAt}
      where ${purpose} = 'VERIFY' or ${wasAsked(userId, new Date(now.getTime() - hourMs))}
      on conflict do nothing returning event_id`.execute(tx)
    // One is live: the newest of its kind, however many were asked for.
    if (rows.length > 0) {
      await sql`update mail_tokens set used_at = ${now} where user_id = ${userId}
        and purpose = ${purpose} and event_id <> ${eventId} and used_at is null`.execute(tx)
    }
    const live = await tx
      .selectFrom('mail_tokens')
      .where('event_id', '=', eventId)
      .where('hash', '=', hash)
      .where('purpose', '=', purpose)
      .where('used_at', 'is', null)
      .where('expires_at', '>', now)
      .select('expires_at')
      .executeTakeFirst()
    return live?.expires_at ?? null
  }

  /** Whose it is, while it is good. */
  async owner(token: string, purpose: Due): Promise<{ userId: string; email: string } | null> {
    return this.#db.as(this.#caller, async (tx) => {
      const found = await tx
        .selectFrom('mail_tokens')
        .innerJoin('users', 'users.id', 'user_id')
        .where('hash', '=', hashOf(token))
        .where('purpose', '=', purpose)
        .where('used_at', 'is', null)
        .where('expires_at', '>', this.#clock.now())
        .where('deactivated_at', 'is', null)
        .select(['user_id as userId', 'email'])
        .executeTakeFirst()
      return found ?? null
    })
  }

  /** Uses it up: of two who show it at once, one is told true. */
  async use(token: string, purpose: Due): Promise<boolean> {
    const now = this.#clock.now()
    return this.#db.as(this.#caller, async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable('mail_tokens')
        .set({ used_at: now })
        .where('hash', '=', hashOf(token))
        .where('purpose', '=', purpose)
        .where('used_at', 'is', null)
        .where('expires_at', '>', now)
        .executeTakeFirst()
      return numUpdatedRows > 0n
    })
  }

  /** True where the address is this account's from now on, or was; of two claims, one has it. */
  async verify(userId: string): Promise<boolean> {
    const now = this.#clock.now()
    return this.#db.as(this.#caller, async (tx) => {
      // The second of two claims waits here, and its next statement sees the first.
      await sql`select pg_advisory_xact_lock(hashtextextended(email, 1))
        from users where id = ${userId}`.execute(tx)
      const { numUpdatedRows } = await tx
        .updateTable('users')
        .set((eb) => ({ email_verified_at: now, version: eb('version', '+', 1) }))
        .where('id', '=', userId)
        .where('email_verified_at', 'is', null)
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('users as other')
                .whereRef('other.email', '=', 'users.email')
                .where('other.email_verified_at', 'is not', null)
                .select('other.id'),
            ),
          ),
        )
        .executeTakeFirst()
      if (numUpdatedRows === 0n) return isVerified(tx, userId)
      await announce(tx, userVerified, [{ aggregateId: userId, occurredAt: now, data: { userId } }])
      return true
    })
  }
}

/** Whoever sends mails cannot have a reset that nobody asked for within the hour. */
const wasAsked = (userId: string, since: Date) => sql<boolean>`(
  exists (select from outbox where aggregate_id = ${userId}::text
    and name = 'accounts.password-reset-requested' and occurred_at > ${since})
  or exists (select from reset_requests join users using (email) where users.id = ${userId}))`

async function addressed(tx: Tx<Tables>, userId: string) {
  const { rows } = await sql<{ email: string; isVerified: boolean; isTaken: boolean }>`
    select email, email_verified_at is not null as "isVerified",
      email_verified_at is null and exists (
      select from users other where other.email = users.email and other.id <> users.id
        and other.email_verified_at is not null) as "isTaken"
    from users where id = ${userId} and deactivated_at is null`.execute(tx)
  return rows[0]
}

async function isVerified(tx: Tx<Tables>, userId: string): Promise<boolean> {
  const verified = tx
    .selectFrom('users')
    .where('id', '=', userId)
    .where('email_verified_at', 'is not', null)
  return (await verified.select('id').executeTakeFirst()) !== undefined
}
