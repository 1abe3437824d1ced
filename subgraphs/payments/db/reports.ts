import type { Connection, Database, Page, Tx } from '@shop/kit/database'
import type { Identity } from '@shop/kit/identity'
import { sql } from 'kysely'
import type { Finding, Reconciliation } from '../domain/reconcile.ts'
import type { Tables } from './schema.ts'

const columns = ['id', 'from_time as from', 'to_time as to', 'compared', 'at'] as const

const newest = { name: 'newest', by: sql`at`, type: 'timestamptz', descending: true } as const

export class Reports {
  readonly #db: Database<Tables>
  readonly #caller: Identity

  constructor(db: Database<Tables>, caller: Identity) {
    this.#db = db
    this.#caller = caller
  }

  withIds(ids: readonly string[]): Promise<Reconciliation[]> {
    return this.#see((tx) =>
      tx.selectFrom('reconciliations').where('id', 'in', ids).select(columns).execute(),
    )
  }

  page(page: Page): Promise<Connection<Reconciliation>> {
    return this.#see((tx) => {
      const all = tx.selectFrom('reconciliations').select(columns)
      return this.#db.page(all, { page, sort: newest })
    })
  }

  findingsOf(reportId: string, page: Page): Promise<Connection<Finding>> {
    return this.#see((tx) => {
      const own = tx
        .selectFrom('reconciliation_findings')
        .where('reconciliation_id', '=', reportId)
        .select([
          'id',
          'kind',
          'provider_reference as providerReference',
          'payment_id as paymentId',
          'order_id as orderId',
          'amount_minor as amountMinor',
          'currency',
          'is_mended as isMended',
        ])
      return this.#db.page(own, { page })
    })
  }

  write(report: Reconciliation, findings: readonly Finding[]): Promise<void> {
    return this.#db.as(this.#caller, async (tx) => {
      const { id, from, to, compared, at } = report
      await tx
        .insertInto('reconciliations')
        .values({ id, from_time: from, to_time: to, compared, at })
        .execute()
      if (findings.length === 0) return
      await tx
        .insertInto('reconciliation_findings')
        .values(findings.map((each) => rowOf(id, each)))
        .execute()
    })
  }

  #see<R>(read: (tx: Tx<Tables>) => Promise<R>): Promise<R> {
    return this.#db.see(this.#caller, read)
  }
}

const rowOf = (reportId: string, found: Finding) => ({
  id: found.id,
  reconciliation_id: reportId,
  kind: found.kind,
  provider_reference: found.providerReference,
  payment_id: found.paymentId,
  order_id: found.orderId,
  amount_minor: found.amountMinor,
  currency: found.currency,
  is_mended: found.isMended,
})
