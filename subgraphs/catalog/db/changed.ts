import type { Tx } from '@shop/kit/database'
import { announce } from '@shop/kit/events'
import { productChanged } from '../events.ts'
import { relist } from './listing.ts'
import type { Tables } from './schema.ts'

/** After any change: where the products are found is written anew, and told. A thousand at a time. */
export async function changed(
  tx: Tx<Tables>,
  productIds: readonly string[],
  occurredAt: Date,
): Promise<void> {
  for (let from = 0; from < productIds.length; from += 1000) {
    const ids = productIds.slice(from, from + 1000)
    await relist(tx, ids)
    const products = await tx
      .updateTable('products')
      .set({ updated_at: occurredAt, digest: null })
      .where('id', 'in', ids)
      .returning(['id', 'version', 'status'])
      .execute()
    const told = products.map(({ id, ...data }) => ({
      aggregateId: id,
      occurredAt,
      data: { productId: id, ...data },
    }))
    await announce(tx, productChanged, told)
  }
}
