import type { Clock } from '@shop/kit/clock'
import type { Connection, Database, Page } from '@shop/kit/database'
import type { Identity } from '@shop/kit/identity'
import { sql } from 'kysely'
import type { AddressKind, AddressLines } from '../domain/addresses.ts'
import type { ProfileRow } from '../domain/profile.ts'
import type { Address } from '../domain/user.ts'
import type { Tables } from './schema.ts'

const addressColumns = [
  'id',
  'user_id as userId',
  'name',
  'company',
  'line1',
  'line2',
  'postal_code as postalCode',
  'city',
  'region',
  'country',
  'phone',
] as const

const columnOf = {
  SHIPPING: 'default_shipping_address_id',
  BILLING: 'default_billing_address_id',
} as const

/** What somebody has written about themselves. */
export class Addresses {
  readonly #db: Database<Tables>
  readonly #caller: Identity
  readonly #clock: Clock

  constructor(db: Database<Tables>, caller: Identity, clock: Clock) {
    this.#db = db
    this.#caller = caller
    this.#clock = clock
  }

  addresses(ids: readonly string[]): Promise<Address[]> {
    return this.#db.see(this.#caller, (tx) =>
      tx.selectFrom('addresses').where('id', 'in', ids).select(addressColumns).execute(),
    )
  }

  listOf(userId: string, page: Page): Promise<Connection<Address>> {
    return this.#db.see(this.#caller, (tx) => {
      const own = tx.selectFrom('addresses').where('user_id', '=', userId)
      return this.#db.page(own.select(addressColumns), { page })
    })
  }

  /** Locks the account's list, and says how many are in it. */
  count(userId: string): Promise<number> {
    return this.#db.as(this.#caller, async (tx) => {
      await tx
        .selectFrom('user_profiles')
        .where('user_id', '=', userId)
        .select('user_id')
        .forUpdate()
        .execute()
      const { total } = await tx
        .selectFrom('addresses')
        .where('user_id', '=', userId)
        .select(sql<number>`count(*)`.as('total'))
        .executeTakeFirstOrThrow()
      return total
    })
  }

  async add(userId: string, id: string, lines: AddressLines): Promise<void> {
    const row = { id, user_id: userId, ...lines, created_at: this.#clock.now() }
    await this.#db.as(this.#caller, (tx) => tx.insertInto('addresses').values(row).execute())
  }

  /** False where there is none, or it is another's. */
  change(userId: string, id: string, lines: AddressLines): Promise<boolean> {
    return this.#db.as(this.#caller, async (tx) => {
      const own = tx.updateTable('addresses').set(lines).where('id', '=', id)
      const { numUpdatedRows } = await own.where('user_id', '=', userId).executeTakeFirst()
      return numUpdatedRows > 0n
    })
  }

  remove(userId: string, id: string): Promise<boolean> {
    return this.#db.as(this.#caller, async (tx) => {
      const own = tx.deleteFrom('addresses').where('id', '=', id).where('user_id', '=', userId)
      return (await own.executeTakeFirst()).numDeletedRows > 0n
    })
  }

  setDefault(userId: string, id: string, kind: AddressKind): Promise<boolean> {
    return this.#db.as(this.#caller, async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable('user_profiles')
        .set({ [columnOf[kind]]: id })
        .where('user_id', '=', userId)
        .where(
          sql<boolean>`exists (select from addresses where id = ${id} and user_id = ${userId})`,
        )
        .executeTakeFirst()
      return numUpdatedRows > 0n
    })
  }

  async changeProfile(userId: string, row: ProfileRow): Promise<void> {
    if (Object.keys(row).length === 0) return
    await this.#db.as(this.#caller, (tx) =>
      tx.updateTable('user_profiles').set(row).where('user_id', '=', userId).execute(),
    )
  }
}
