import type { Tx } from '@shop/kit/database'
import type { Transaction } from '../domain/ledger.ts'
import type { Tables } from './schema.ts'

/** Once for what the provider calls by this reference. */
export async function write(tx: Tx<Tables>, transaction: Transaction): Promise<void> {
  const { id, kind, paymentId, orderId, reference, at, postings } = transaction
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('transactions')
    .values({ id, kind, payment_id: paymentId, order_id: orderId, reference, at })
    .onConflict((known) => known.columns(['kind', 'reference']).doNothing())
    .executeTakeFirst()
  if (numInsertedOrUpdatedRows === 0n) return
  await tx
    .insertInto('postings')
    .values(
      postings.map(({ account, amountMinor, currency }) => ({
        transaction_id: id,
        account,
        currency,
        amount_minor: amountMinor,
      })),
    )
    .execute()
}
