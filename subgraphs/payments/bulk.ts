import { fillOnce } from '@shop/kit/bulk'
import type { Standing } from '@shop/kit/standing'
import { hasPayment, writePast } from './db/past-payments.ts'
import type { Tables } from './db/schema.ts'
import type { PastPayment } from './domain/past-payment.ts'

export type { PastPayment } from './domain/past-payment.ts'

/** All of them, or none: what was cut off is not there, and what is there is not written again. */
export async function fillPayments(
  batches: AsyncIterable<readonly PastPayment[]>,
  { databaseUrl }: { readonly databaseUrl: string },
  standing: Pick<Standing, 'clock' | 'keys' | 'log'>,
): Promise<void> {
  await fillOnce<Tables, PastPayment>(
    {
      ...{ subgraph: 'payments', databaseUrl, batches, write: writePast },
      isThere: (tx, { id }) => hasPayment(tx, id),
    },
    standing,
  )
}
