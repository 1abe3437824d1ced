import type { Tx } from '@shop/kit/database'
import { sql } from 'kysely'
import type { Whence } from '../domain/guessing.ts'
import type { Family, ShownToken } from '../domain/refresh.ts'
import type { SignedIn } from '../domain/sign-in.ts'
import { remember } from './known-places.ts'
import type { Tables } from './schema.ts'
import { hashOf, newSecret } from './secrets.ts'

const dayMs = 86_400_000
/** A session ends when nobody came back for a week, and after a quarter in any case. */
export const refreshMs = 7 * dayMs
const longestMs = 90 * dayMs

export const ofToken = (token: string) =>
  sql<string>`(select session_id from refresh_tokens where hash = ${hashOf(token)})`

export async function issue(tx: Tx<Tables>, sessionId: string, now: Date): Promise<string> {
  const secret = newSecret()
  await tx
    .insertInto('refresh_tokens')
    .values({ hash: hashOf(secret), session_id: sessionId, issued_at: now })
    .execute()
  return secret
}

export const familyIn = (tx: Tx<Tables>, now: Date): Family => ({
  lock: (token) => lock(tx, token, now),
  succeed: (token, whence) => succeed(tx, token, { whence, now }),
  async end(sessionId) {
    await tx.updateTable('sessions').set({ ended_at: now }).where('id', '=', sessionId).execute()
  },
})

async function lock(tx: Tx<Tables>, token: string, now: Date): Promise<ShownToken | 'busy' | null> {
  const hash = hashOf(token)
  const locked = await tx
    .selectFrom('sessions')
    .where('id', '=', ofToken(token))
    .select('id')
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  // Read after the lock is held, by a statement of its own: an earlier one would see what was before.
  const shown = await tx
    .selectFrom('refresh_tokens as token')
    .innerJoin('sessions', 'sessions.id', 'token.session_id')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .leftJoin('refresh_tokens as next', 'next.hash', 'token.successor')
    .where('token.hash', '=', hash)
    .select([
      'token.session_id as sessionId',
      'token.used_at as usedAt',
      'token.repeated_at as repeatedAt',
      'token.dead as isDead',
      sql<boolean>`next.used_at is not null`.as('isSuccessorUsed'),
      sql<boolean>`ended_at is not null or expires_at <= ${now} or deactivated_at is not null`.as(
        'isOver',
      ),
    ])
    .executeTakeFirst()
  if (!shown) return null
  return locked ? shown : 'busy'
}

async function succeed(
  tx: Tx<Tables>,
  token: string,
  { whence, now }: { whence: Whence; now: Date },
): Promise<SignedIn> {
  const hash = hashOf(token)
  const { session_id: sessionId, user_id: userId } = await tx
    .selectFrom('refresh_tokens')
    .innerJoin('sessions', 'sessions.id', 'session_id')
    .where('hash', '=', hash)
    .select(['session_id', 'user_id'])
    .executeTakeFirstOrThrow()
  await tx
    .updateTable('refresh_tokens')
    .set({ dead: true })
    .where('hash', '=', sql<Buffer>`(select successor from refresh_tokens where hash = ${hash})`)
    .execute()
  const refreshToken = await issue(tx, sessionId, now)
  await tx
    .updateTable('refresh_tokens')
    .set({
      used_at: sql<Date>`coalesce(used_at, ${now})`,
      repeated_at: sql<Date>`case when used_at is not null then ${now}::timestamptz end`,
      successor: hashOf(refreshToken),
    })
    .where('hash', '=', hash)
    .execute()
  await tx
    .updateTable('sessions')
    .set({
      used_at: now,
      expires_at: sql<Date>`least(${new Date(now.getTime() + refreshMs)}::timestamptz,
        created_at + ${`${longestMs} milliseconds`}::interval)`,
      address: whence.address ?? null,
    })
    .where('id', '=', sessionId)
    .execute()
  await remember(tx, userId, { whence, now })
  return { userId, sessionId, refreshToken }
}
