import type { Database, Tx } from '@shop/kit/database'
import type { Identity } from '@shop/kit/identity'
import { isId } from '@shop/kit/ids'
import { sql } from 'kysely'
import type { Means } from '../domain/authorize-payment.ts'
import type { SavedMethod, SeenSetup } from '../domain/payment-methods.ts'
import type { Tables } from './schema.ts'

const columns = [
  'id',
  'user_id as userId',
  'state',
  'provider_id as method',
  'setup_id as setupId',
  'customer',
  'brand',
  'last4',
  'exp_month as expMonth',
  'exp_year as expYear',
  'is_default as isDefault',
  'refusal',
  'created_at as createdAt',
] as const

const most = 20

/** Saved means of payment, as their owner may see and change them. */
export class Methods {
  readonly #db: Database<Tables>
  readonly #caller: Identity

  constructor(db: Database<Tables>, caller: Identity) {
    this.#db = db
    this.#caller = caller
  }

  withIds(ids: readonly string[]): Promise<SavedMethod[]> {
    return this.#db.see(this.#caller, (tx) =>
      saved(tx).where('id', 'in', ids).select(columns).execute(),
    )
  }

  of(userIds: readonly string[]): Promise<SavedMethod[]> {
    return this.#db.see(this.#caller, (tx) =>
      saved(tx).where('user_id', 'in', userIds).orderBy('id').select(columns).execute(),
    )
  }

  async meansOf(id: string): Promise<Means | null> {
    if (!isId(id)) return null
    return this.#in(async (tx) => {
      const means = saved(tx).where('id', '=', id).select(['provider_id as method', 'customer'])
      return (await means.executeTakeFirst()) ?? null
    })
  }

  begin(method: SavedMethod): Promise<boolean> {
    return this.#in(async (tx) => {
      const { numAffectedRows } = await sql`
        insert into payment_methods (id, user_id, state, provider_id, created_at)
        select ${method.id}, ${method.userId}, 'WAITING', ${method.method}, ${method.createdAt}
        where (select count(*) from payment_methods
          where user_id = ${method.userId} and state in ('WAITING', 'SAVED')) < ${most}`.execute(tx)
      return numAffectedRows === 1n
    })
  }

  remove(id: string): Promise<boolean> {
    return this.#in(async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable('payment_methods')
        .set({ state: 'REMOVED', is_default: false })
        .where('id', '=', id)
        .where('state', '=', 'SAVED')
        .executeTakeFirst()
      return numUpdatedRows === 1n
    })
  }

  makeDefault(id: string): Promise<boolean> {
    return this.#in(async (tx) => {
      const chosen = await saved(tx).where('id', '=', id).select('user_id').executeTakeFirst()
      if (!chosen) return false
      await tx
        .updateTable('payment_methods')
        .set({ is_default: false })
        .where('user_id', '=', chosen.user_id)
        .where('is_default', '=', true)
        .execute()
      await tx
        .updateTable('payment_methods')
        .set({ is_default: true })
        .where('id', '=', id)
        .execute()
      return true
    })
  }

  #in<R>(work: (tx: Tx<Tables>) => Promise<R>): Promise<R> {
    return this.#db.as(this.#caller, work)
  }
}

const saved = (tx: Tx<Tables>) => tx.selectFrom('payment_methods').where('state', '=', 'SAVED')

/** The same as the shop itself keeps them, whoever asks. */
export class KeptMethods {
  readonly #db: Database<Tables>
  readonly #service: Identity

  constructor(db: Database<Tables>, service: Identity) {
    this.#db = db
    this.#service = service
  }

  method(id: string): Promise<SavedMethod | null> {
    return this.#db.as(this.#service, async (tx) => {
      const own = tx.selectFrom('payment_methods').where('id', '=', id).select(columns)
      return (await own.executeTakeFirst()) ?? null
    })
  }

  customerOf(userId: string): Promise<string | null> {
    return this.#db.as(this.#service, async (tx) => {
      const own = tx.selectFrom('customers').where('user_id', '=', userId).select('provider_id')
      return (await own.executeTakeFirst())?.provider_id ?? null
    })
  }

  /** Of two that are made at once the first is kept. */
  keepCustomer(userId: string, customer: string): Promise<string> {
    return this.#db.as(this.#service, async (tx) => {
      const { rows } = await sql<{ id: string }>`
        insert into customers as known (user_id, provider_id) values (${userId}, ${customer})
        on conflict (user_id) do update set provider_id = coalesce(known.provider_id, ${customer})
        returning provider_id as id`.execute(tx)
      return rows[0]?.id ?? customer
    })
  }

  /** From WAITING alone. The first that is saved is the default. */
  settle(methodId: string, seen: SeenSetup, customer: string | null): Promise<void> {
    return this.#db.as(this.#service, async (tx) => {
      const state = {
        saved: 'SAVED',
        refused: 'REFUSED',
        asking: 'WAITING',
        open: 'WAITING',
      } as const
      const { card, refusal } = seen
      await sql`
        update payment_methods as method set state = ${state[seen.status]}, setup_id = ${seen.id},
          customer = ${customer}, provider_id = coalesce(${seen.method}, provider_id),
          brand = ${card?.brand ?? null}, last4 = ${card?.last4 ?? null},
          exp_month = ${card?.expMonth ?? null}, exp_year = ${card?.expYear ?? null},
          refusal = ${refusal},
          is_default = ${seen.status === 'saved'} and not exists (select from payment_methods other
            where other.user_id = method.user_id and other.is_default)
        where id = ${methodId} and state = 'WAITING'`.execute(tx)
    })
  }
}
