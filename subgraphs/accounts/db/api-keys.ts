import type { Clock } from '@shop/kit/clock'
import type { Connection, Database, Page, Tx } from '@shop/kit/database'
import { announce } from '@shop/kit/events'
import type { Identity } from '@shop/kit/identity'
import { sql } from 'kysely'
import type { ApiKey, ApiKeyGrant, NewApiKey } from '../domain/api-keys.ts'
import { staffActed } from '../events.ts'
import type { Tables } from './schema.ts'
import { hashOf, newSecret } from './secrets.ts'

const keyColumns = [
  'id',
  'name',
  'hint',
  'scopes',
  'operation_list as operationList',
  'created_at as createdAt',
  'rotated_at as rotatedAt',
  'previous_until as previousUntil',
  'revoked_at as revokedAt',
] as const

/** Keys of partners' programs: shown once, kept as a hash. */
export class ApiKeys {
  readonly #db: Database<Tables>
  readonly #caller: Identity
  readonly #clock: Clock

  constructor(db: Database<Tables>, caller: Identity, clock: Clock) {
    this.#db = db
    this.#caller = caller
    this.#clock = clock
  }

  keys(ids: readonly string[]): Promise<ApiKey[]> {
    return this.#db.see(this.#caller, (tx) =>
      tx.selectFrom('api_keys').where('id', 'in', ids).select(keyColumns).execute(),
    )
  }

  list(page: Page): Promise<Connection<ApiKey>> {
    return this.#db.see(this.#caller, (tx) =>
      this.#db.page(tx.selectFrom('api_keys').select(keyColumns), { page }),
    )
  }

  /** What a key may do; null for one that is not there, was revoked, or was rotated too long ago. */
  async grantOf(hash: string): Promise<ApiKeyGrant | null> {
    if (!/^[0-9a-f]{64}$/i.test(hash)) return null
    const shown = Buffer.from(hash, 'hex')
    return this.#db.as(this.#caller, async (tx) => {
      const found = await tx
        .selectFrom('api_keys')
        .where((eb) =>
          eb.or([
            eb('hash', '=', shown),
            eb.and([eb('previous_hash', '=', shown), eb('previous_until', '>', this.#clock.now())]),
          ]),
        )
        .where('revoked_at', 'is', null)
        .select(['id', 'scopes', 'operation_list as operationList'])
        .executeTakeFirst()
      return found ?? null
    })
  }

  add({ id, name, scopes, operationList, createdBy }: NewApiKey): Promise<string> {
    return this.#db.as(this.#caller, async (tx) => {
      const { key, hint } = newKey()
      const own = { id, name, hint, hash: hashOf(key), scopes: [...scopes] }
      const made = { created_by: createdBy, created_at: this.#clock.now() }
      await tx
        .insertInto('api_keys')
        .values({ ...own, operation_list: operationList, ...made })
        .execute()
      await this.#tell(tx, id, 'api-key-created')
      return key
    })
  }

  rotate(id: string, overlapMs: number): Promise<string | null> {
    const now = this.#clock.now()
    return this.#db.as(this.#caller, async (tx) => {
      const { key, hint } = newKey()
      const { rows } = await sql`
        update api_keys set previous_hash = hash,
          previous_until = ${new Date(now.getTime() + overlapMs)},
          hash = ${hashOf(key)}, hint = ${hint}, rotated_at = ${now}
        where id = ${id} and revoked_at is null returning id`.execute(tx)
      if (rows.length === 0) return null
      await this.#tell(tx, id, 'api-key-rotated')
      return key
    })
  }

  revoke(id: string): Promise<boolean> {
    return this.#db.as(this.#caller, async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable('api_keys')
        .set({ revoked_at: this.#clock.now() })
        .where('id', '=', id)
        .where('revoked_at', 'is', null)
        .executeTakeFirst()
      if (numUpdatedRows > 0n) await this.#tell(tx, id, 'api-key-revoked')
      return numUpdatedRows > 0n
    })
  }

  #tell(tx: Tx<Tables>, targetId: string, action: `api-key-${'created' | 'rotated' | 'revoked'}`) {
    const happening = { occurredAt: this.#clock.now(), data: { action, targetId } }
    return announce(tx, staffActed, [{ aggregateId: targetId, ...happening }])
  }
}

/** `shop_` lets a scanner of leaked secrets know it; the hint lets a person. */
function newKey(): { key: string; hint: string } {
  const key = `shop_${newSecret()}`
  return { key, hint: key.slice(0, 11) }
}
