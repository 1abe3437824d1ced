import type { Clock } from '@shop/kit/clock'
import type { Database } from '@shop/kit/database'
import { announce } from '@shop/kit/events'
import type { Identity } from '@shop/kit/identity'
import { sql } from 'kysely'
import type { LockedUser, StaffAct } from '../domain/manage-users.ts'
import type { RoleName } from '../domain/roles.ts'
import { roleChanged, staffActed } from '../events.ts'
import type { Tables } from './schema.ts'

/** What staff do to accounts. */
export class Staff {
  readonly #db: Database<Tables>
  readonly #caller: Identity
  readonly #clock: Clock

  constructor(db: Database<Tables>, caller: Identity, clock: Clock) {
    this.#db = db
    this.#caller = caller
    this.#clock = clock
  }

  /** Locks all who manage accounts, in one order; whether this one is among them. */
  isManager(userId: string): Promise<boolean> {
    return this.#db.as(this.#caller, async (tx) => {
      const { rows } = await sql<{ id: string }>`
        select id from users
        where deactivated_at is null
          and id in (select user_id from user_roles where role = 'ADMIN')
        order by id for update`.execute(tx)
      // Read anew behind the lock: whoever held it may have taken the role away.
      const { rows: still } = await sql`select from user_roles
        where user_id = ${userId} and role = 'ADMIN'`.execute(tx)
      return still.length > 0 && rows.some(({ id }) => id === userId)
    })
  }

  lock(userId: string): Promise<LockedUser | null> {
    return this.#db.as(this.#caller, async (tx) => {
      const found = await tx
        .selectFrom('users')
        .where('id', '=', userId)
        .select([sql<boolean>`email_verified_at is not null`.as('isVerified'), 'version'])
        .forUpdate()
        .executeTakeFirst()
      return found ?? null
    })
  }

  setRoles(userId: string, roles: readonly RoleName[]): Promise<void> {
    const occurredAt = this.#clock.now()
    return this.#db.as(this.#caller, async (tx) => {
      await tx.deleteFrom('user_roles').where('user_id', '=', userId).execute()
      const rows = roles.map((role) => ({ user_id: userId, role }))
      await tx.insertInto('user_roles').values(rows).execute()
      await this.#touch(userId, {})
      const data = { userId, roles: [...roles] }
      await announce(tx, roleChanged, [{ aggregateId: userId, occurredAt, data }])
    })
  }

  setDeactivated(userId: string, isDeactivated: boolean): Promise<void> {
    return this.#touch(userId, { deactivated_at: isDeactivated ? this.#clock.now() : null })
  }

  tell(targetId: string, action: StaffAct): Promise<void> {
    const happening = {
      aggregateId: targetId,
      occurredAt: this.#clock.now(),
      data: { action, targetId },
    }
    return this.#db.as(this.#caller, (tx) => announce(tx, staffActed, [happening]))
  }

  async #touch(userId: string, change: { deactivated_at?: Date | null }): Promise<void> {
    await this.#db.as(this.#caller, (tx) =>
      tx
        .updateTable('users')
        .set((eb) => ({ ...change, version: eb('version', '+', 1) }))
        .where('id', '=', userId)
        .execute(),
    )
  }
}
