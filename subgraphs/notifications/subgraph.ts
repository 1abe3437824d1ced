import { type Database, openDatabase } from '@shop/kit/database'
import { placeOf } from '@shop/kit/events'
import type { Standing } from '@shop/kit/standing'
import { type Subgraph, schemaFrom } from '@shop/kit/subgraph'
import { accountsBy } from './clients/accounts.ts'
import { ordersBy } from './clients/orders.ts'
import { Smtp } from './clients/smtp.ts'
import type { Config } from './config.ts'
import { contextOn, notifications, type Opened, worldIn } from './context.ts'
import type { Tables } from './db/schema.ts'
import { sendMails } from './jobs/send-mails.ts'
import { Letters } from './letters.ts'
import { onNotificationAdded } from './listeners/on-notification-added.ts'
import { onOrderCancelled } from './listeners/on-order-cancelled.ts'
import { onOrderDelivered } from './listeners/on-order-delivered.ts'
import { onOrderPaid } from './listeners/on-order-paid.ts'
import { onOrderShipped } from './listeners/on-order-shipped.ts'
import { onPasswordResetRequested } from './listeners/on-password-reset-requested.ts'
import { onRefundSettled } from './listeners/on-refund-settled.ts'
import { onUserRegistered } from './listeners/on-user-registered.ts'
import { onVerificationRequested } from './listeners/on-verification-requested.ts'
import { resolvers } from './resolvers/index.ts'

export const migrations = new URL('db/migrations/', import.meta.url)

const heard = [
  onUserRegistered,
  onVerificationRequested,
  onPasswordResetRequested,
  onOrderPaid,
  onOrderShipped,
  onOrderDelivered,
  onOrderCancelled,
  onRefundSettled,
  onNotificationAdded,
]

export async function open(config: Config, standing: Standing): Promise<Subgraph> {
  // Until move(), to leave is to close: a subgraph that half opened leaves nothing behind.
  await using opening = new AsyncDisposableStack()
  const { clock, live } = standing
  const { storefrontUrl, locale, smtpUrl: url, from } = config
  const db = opening.use(openDatabase<Tables>(config.databaseUrl, standing))
  const opened: Opened = { db, clock, live }
  const world = (within: Database<Tables>) => ({ ...worldIn(within, notifications, opened), live })
  const ask = standing.ask('notifications', new URL('operations/', import.meta.url))
  const [accounts, orders] = [accountsBy(ask), ordersBy(ask)]
  const letters = new Letters({ accounts, orders, storefrontUrl, locale })
  const post = new Smtp({ url, from })

  const schema = await schemaFrom(new URL('schema.graphql', import.meta.url), resolvers)
  const ready = opening.move()
  return {
    name: 'notifications',
    schema,
    context: contextOn(opened),
    jobs: [sendMails.with({ ...world(db), letters, post })],
    listeners: heard.map((each) => each.with({ db, service: notifications, world })),
    place: placeOf(db, notifications),
    ready: () => db.isMigrated(migrations),
    [Symbol.asyncDispose]: () => ready.disposeAsync(),
  }
}
