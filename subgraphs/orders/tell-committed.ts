import type { Database } from '@shop/kit/database'
import type { Identity } from '@shop/kit/identity'
import type { Log } from '@shop/kit/log'
import type { Tables } from './db/schema.ts'
import type { Telling } from './telling.ts'

interface Needs {
  db: Database<Tables>
  service: Identity
  tell: Telling
  log: Log
}

/**
 * For a reaction that is not committed yet: its lock on the order is waited for, since a hint that
 * comes before the truth would have the old one read.
 */
export async function tellCommitted({ db, service, tell, log }: Needs, orderId: string) {
  try {
    const order = await db.as(service, (tx) =>
      tx
        .selectFrom('orders')
        .where('id', '=', orderId)
        .forUpdate()
        .select(['id as orderId', 'owner'])
        .executeTakeFirst(),
    )
    if (order) await tell.order(order)
  } catch (fault) {
    log.error('nobody was told of an order', fault)
  }
}
