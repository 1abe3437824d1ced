import type { demoShop } from '@shop/demo/demo-shop'
import { PastWriter } from '@shop/doubles/stripe/past'
import { fillAssessments, pastAssessor } from '@shop/fraud/bulk'
import { fillSales } from '@shop/inventory/bulk'
import type { Standing } from '@shop/kit/standing'
import { fillOrders, riskFactsBy } from '@shop/orders/bulk'
import { fillPayments } from '@shop/payments/bulk'
import { fillPrices } from '@shop/promotions/bulk'
import { historyOf } from './history.ts'
import type { Past } from './parts.ts'
import { spread } from './spread.ts'

interface Filling {
  readonly shop: ReturnType<typeof demoShop>
  readonly addresses: Readonly<Record<string, string>>
  /** What our own Stripe is to know of it. */
  readonly stripePast: string
  told(orders: number): void
}

/**
 * Eighteen months of orders, in one reading of them, written to all who have a part in them at once.
 * No event, no mail: nobody who listens was there. Each part is whole or not there, so a filling
 * that was killed is done again, and comes to the same.
 */
export async function fillPast(
  { shop, addresses, stripePast, told }: Filling,
  standing: Pick<Standing, 'clock' | 'keys' | 'log'>,
): Promise<void> {
  const at = (name: string) => ({ databaseUrl: addresses[`${name}_DATABASE_URL`] ?? '' })
  using provider = new PastWriter(stripePast)
  const assessor = await pastAssessor(at('FRAUD'), standing)
  const history = historyOf(shop, { assessor, provider, riskOf: riskFactsBy(standing) })
  await spread(counted(history, told), [
    (all) =>
      fillOrders(
        each(all, ({ order }) => order),
        at('ORDERS'),
        standing,
      ),
    (all) =>
      fillPayments(
        each(all, ({ payment }) => payment),
        at('PAYMENTS'),
        standing,
      ),
    (all) =>
      fillSales(
        each(all, ({ sale }) => sale),
        at('INVENTORY'),
        standing,
      ),
    (all) =>
      fillPrices(
        each(all, ({ price }) => price),
        at('PROMOTIONS'),
        standing,
      ),
    (all) =>
      fillAssessments(
        each(all, ({ assessment }) => assessment),
        at('FRAUD'),
        standing,
      ),
  ])
}

function* counted(history: Iterable<readonly Past[]>, told: (orders: number) => void) {
  let count = 0
  for (const batch of history) {
    yield batch
    count += batch.length
    told(count)
  }
}

async function* each<Part>(batches: AsyncIterable<readonly Past[]>, of: (past: Past) => Part) {
  for await (const batch of batches) {
    yield batch.map(of).filter((part) => part !== null) as NonNullable<Part>[]
  }
}
