import type { Clock } from '@shop/kit/clock'
import type { Database } from '@shop/kit/database'
import { announce } from '@shop/kit/events'
import type { Identity } from '@shop/kit/identity'
import { newId } from '@shop/kit/ids'
import { sql } from 'kysely'
import type { Whence } from '../domain/guessing.ts'
import { passwordResetRequested, verificationRequested } from '../events.ts'
import { remember } from './known-places.ts'
import type { Tables } from './schema.ts'

/** Passwords, and what is asked for by whoever forgot one or awaits a mail. */
export class Credentials {
  readonly #db: Database<Tables>
  readonly #caller: Identity
  readonly #clock: Clock

  constructor(db: Database<Tables>, caller: Identity, clock: Clock) {
    this.#db = db
    this.#caller = caller
    this.#clock = clock
  }

  async of(userId: string): Promise<{ email: string; passwordHash: string } | null> {
    return this.#db.as(this.#caller, async (tx) => {
      const found = await tx
        .selectFrom('credentials')
        .innerJoin('users', 'users.id', 'user_id')
        .where('user_id', '=', userId)
        .select(['email', 'password_hash as passwordHash'])
        .executeTakeFirst()
      return found ?? null
    })
  }

  async set(userId: string, passwordHash: string): Promise<void> {
    await this.#db.as(this.#caller, (tx) =>
      tx
        .updateTable('credentials')
        .set({ password_hash: passwordHash })
        .where('user_id', '=', userId)
        .execute(),
    )
  }

  /** False when it is not what it was: somebody changed it meanwhile. */
  replace(userId: string, { was, is }: { was: string; is: string }): Promise<boolean> {
    return this.#db.as(this.#caller, async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable('credentials')
        .set({ password_hash: is })
        .where('user_id', '=', userId)
        .where('password_hash', '=', was)
        .executeTakeFirst()
      return numUpdatedRows > 0n
    })
  }

  remember(userId: string, whence: Whence): Promise<void> {
    const now = this.#clock.now()
    return this.#db.as(this.#caller, (tx) => remember(tx, userId, { whence, now }))
  }

  requestVerification(userId: string): Promise<void> {
    const happening = { aggregateId: userId, occurredAt: this.#clock.now(), data: { userId } }
    return this.#db.as(this.#caller, (tx) => announce(tx, verificationRequested, [happening]))
  }

  /** One row, whoever's address it is: neither what is done nor how long it takes tells. */
  async requestReset(email: string): Promise<void> {
    const row = { id: newId(), email, asked_at: this.#clock.now() }
    await this.#db.as(this.#caller, (tx) => tx.insertInto('reset_requests').values(row).execute())
  }

  /** Tells of those whose address has an account: the verified one, or the first that claims it. */
  answerResets(): Promise<void> {
    const occurredAt = this.#clock.now()
    return this.#db.as(this.#caller, async (tx) => {
      const { rows } = await sql<{ userId: string }>`
        with asked as (
          delete from reset_requests where id in (
            select id from reset_requests order by id limit 500 for update skip locked
          ) returning email
        )
        select distinct on (users.email) users.id as "userId"
        from asked join users using (email) where deactivated_at is null
        order by users.email, email_verified_at is null, users.id`.execute(tx)
      const told = rows.map((data) => ({ aggregateId: data.userId, occurredAt, data }))
      await announce(tx, passwordResetRequested, told)
    })
  }
}
