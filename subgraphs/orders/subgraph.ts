import { type Database, openDatabase } from '@shop/kit/database'
import { placeOf } from '@shop/kit/events'
import { serviceNamed } from '@shop/kit/identity'
import type { Standing } from '@shop/kit/standing'
import { type Subgraph, schemaFrom } from '@shop/kit/subgraph'
import { Admission } from './admission.ts'
import { provenAddress } from './clients/accounts.ts'
import type { Config } from './config.ts'
import { contextOn } from './context.ts'
import { Checkouts } from './db/checkouts.ts'
import { Joining } from './db/joining.ts'
import { OrderMoves } from './db/order-moves.ts'
import { Quotes } from './db/quotes.ts'
import type { Tables } from './db/schema.ts'
import { Suspicions } from './db/suspicions.ts'
import { digestsBy } from './digests.ts'
import { forgetQuotes } from './jobs/forget-quotes.ts'
import { joinGuestOrders } from './jobs/join-guest-orders.ts'
import { settleCheckouts } from './jobs/settle-checkouts.ts'
import { onDisputeOpened } from './listeners/on-dispute-opened.ts'
import { onFraudConfirmed } from './listeners/on-fraud-confirmed.ts'
import { onFraudSuspected } from './listeners/on-fraud-suspected.ts'
import { onHoldExpired } from './listeners/on-hold-expired.ts'
import { onPaymentAuthorized } from './listeners/on-payment-authorized.ts'
import { onPaymentCaptured } from './listeners/on-payment-captured.ts'
import { onPaymentFailed } from './listeners/on-payment-failed.ts'
import { onRefundSettled } from './listeners/on-refund-settled.ts'
import { onReviewDecided } from './listeners/on-review-decided.ts'
import { onUserVerified } from './listeners/on-user-verified.ts'
import { orderLinksBy } from './order-links.ts'
import { resolvers } from './resolvers/index.ts'
import { tellCommitted } from './tell-committed.ts'
import { tellingBy } from './telling.ts'
import { walkerIn } from './walker-in.ts'

export const migrations = new URL('db/migrations/', import.meta.url)

const heard = [
  onDisputeOpened,
  onFraudConfirmed,
  onFraudSuspected,
  onHoldExpired,
  onPaymentAuthorized,
  onPaymentCaptured,
  onPaymentFailed,
  onRefundSettled,
  onReviewDecided,
  onUserVerified,
]

const operations = new URL('operations/', import.meta.url)

export async function open(config: Config, standing: Standing): Promise<Subgraph> {
  // Until move(), to leave is to close: a subgraph that half opened leaves nothing behind.
  await using opening = new AsyncDisposableStack()
  const { clock, live, log, keys } = standing
  const db = opening.use(openDatabase<Tables>(config.databaseUrl, standing))
  const service = serviceNamed('orders')
  const ask = standing.ask('orders', operations)
  const tell = tellingBy(live)
  const checkouts = new Checkouts(db, service)
  const walker = opening.use(walkerIn({ db, standing, config, ask, checkouts, tell }))
  const digests = digestsBy(keys('order-digest:1'))
  const emailHash = (email: string) => digests('email', email.toLowerCase())
  const world = (within: Database<Tables>) => ({
    clock,
    moves: new OrderMoves(within, service),
    suspicions: new Suspicions(within, service),
    joining: new Joining(within, service),
    wake: (orderId: string) => walker.wake(orderId),
    told: (orderId: string) => void tellCommitted({ db, service, tell, log }, orderId),
  })

  const schema = await schemaFrom(new URL('schema.graphql', import.meta.url), resolvers)
  const opened = opening.move()
  return {
    name: 'orders',
    schema,
    context: contextOn({
      ...config,
      ...{ db, clock, live, ask, walker, checkouts, tell, digests },
      admission: new Admission(config.checkoutsAtOnce),
      links: orderLinksBy(keys('order-link:1')),
      placing: {
        leaseMs: config.leaseMs,
        emailHash,
      },
    }),
    jobs: [
      settleCheckouts.with({ walker }),
      forgetQuotes.with({ clock, quotes: new Quotes(db, service) }),
      joinGuestOrders.with({
        ...{ clock, emailHash, addressOf: provenAddress(ask) },
        joining: new Joining(db, service),
      }),
    ],
    listeners: heard.map((each) => each.with({ db, service, world })),
    place: placeOf(db, service),
    ready: () => db.isMigrated(migrations),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}
