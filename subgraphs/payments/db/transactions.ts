import type { Connection, Database, Page } from '@shop/kit/database'
import type { Identity } from '@shop/kit/identity'
import { isId } from '@shop/kit/ids'
import type { Money } from '@shop/kit/money'
import { sql } from 'kysely'
import type { Posting, Written } from '../domain/ledger.ts'
import type { Tables } from './schema.ts'

const columns = [
  'id',
  'kind',
  'payment_id as paymentId',
  'order_id as orderId',
  'reference',
  'at',
] as const

const newest = { name: 'newest', by: sql`at`, type: 'timestamptz', descending: true } as const

/** The ledger as whoever asks may read it. */
export class Transactions {
  readonly #db: Database<Tables>
  readonly #caller: Identity

  constructor(db: Database<Tables>, caller: Identity) {
    this.#db = db
    this.#caller = caller
  }

  withIds(ids: readonly string[]): Promise<Written[]> {
    return this.#db.see(this.#caller, (tx) =>
      tx.selectFrom('transactions').where('id', 'in', ids).select(columns).execute(),
    )
  }

  async page({
    orderId,
    ...page
  }: Page & { orderId?: string | null | undefined }): Promise<Connection<Written>> {
    return this.#db.see(this.#caller, (tx) => {
      const all = tx.selectFrom('transactions').select(columns)
      const some = orderId ? all.where('order_id', '=', isId(orderId) ? orderId : null) : all
      return this.#db.page(some, { page, sort: newest })
    })
  }

  postingsOf(ids: readonly string[]): Promise<(Posting & { transactionId: string })[]> {
    return this.#db.see(this.#caller, (tx) =>
      tx
        .selectFrom('postings')
        .where('transaction_id', 'in', ids)
        .orderBy('account')
        .select([
          'transaction_id as transactionId',
          'account',
          'amount_minor as amountMinor',
          'currency',
        ])
        .execute(),
    )
  }

  async balances(): Promise<{ account: string; amount: Money }[]> {
    const rows = await this.#db.see(this.#caller, (tx) =>
      tx
        .selectFrom('ledger_balances')
        .orderBy('account')
        .orderBy('currency')
        .select(['account', 'amount_minor as amountMinor', 'currency'])
        .execute(),
    )
    return rows.map(({ account, ...amount }) => ({ account, amount }))
  }
}
