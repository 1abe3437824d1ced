import { setTimeout } from 'node:timers/promises'
import type { Victims } from './shop.ts'

/** What has to be nothing before the shop is quiet, by the schema that it is read in. */
const walks = `select count(*)::integer as n from orders.checkouts where state in ('WALKING', 'UNDOING')`
const doubts = `select (select count(*) from payments.payment_attempts where stray is not null
    or state = 'PENDING' and intent_id is not null)::integer
  + (select count(*) from payments.refunds where state = 'PENDING')::integer as n`
/** One that somebody took and did not send is due again when its lease is over, and is not waited for. */
const letters = `select count(*)::integer as n from notifications.mails
  where state = 'INTENDED' and due_at <= now() + interval '3 seconds'`

/** How long it took until all that was begun had ended; throws when that is not so in time. */
export async function settled(shop: Victims): Promise<number> {
  const began = performance.now()
  await shop.untilReady()
  const ready = performance.now()
  await until(shop, [walks, doubts], 60_000)
  const seconds = (performance.now() - ready) / 1000
  await delivered(shop)
  await until(shop, [letters], 60_000)
  return Math.round(10 * Math.max(seconds, (ready - began) / 1000)) / 10
}

async function until(shop: Victims, questions: readonly string[], patienceMs: number) {
  const end = Date.now() + patienceMs
  for (;;) {
    const left = await Promise.all(questions.map((each) => shop.query('ecommerce', each)))
    if (left.every(([row]) => Number(row?.n) === 0)) return
    if (Date.now() > end) throw new Error(`After a minute it is not over: ${JSON.stringify(left)}`)
    await setTimeout(200)
  }
}

/** A lost event is sent again after a rest that grows to a minute: here that passes in seconds. */
async function delivered(shop: Victims): Promise<void> {
  const rooms = await outboxesOf(shop)
  const end = Date.now() + 120_000
  // Twice: what one room has heard may have gone on into another that was looked at before it.
  for (let quiet = 0; ; ) {
    const left = await Promise.all(rooms.map((room) => onTheWay(shop, room)))
    quiet = left.every((n) => n === 0) ? quiet + 1 : 0
    if (quiet === 2) return
    if (Date.now() > end) {
      throw new Error(
        `Events never arrived: ${rooms.map(({ schema }, at) => `${schema} ${left[at]}`)}`,
      )
    }
    await setTimeout(500)
  }
}

interface Outbox {
  readonly database: string
  readonly schema: string
}

export async function outboxesOf(shop: Pick<Victims, 'query'>): Promise<Outbox[]> {
  const found: Outbox[] = []
  for (const database of ['ecommerce', 'ecommerce_ai']) {
    const rows = await shop.query(
      database,
      `select schemaname from pg_tables where tablename = 'outbox'`,
    )
    found.push(...rows.map(({ schemaname }) => ({ database, schema: String(schemaname) })))
  }
  return found
}

async function onTheWay(shop: Victims, { database, schema }: Outbox): Promise<number> {
  await shop.query(
    database,
    `update ${schema}.deliveries set sent_at = null where sent_at < now() - interval '3 seconds'`,
  )
  const [row] = await shop.query(
    database,
    `select (select count(*) from ${schema}.outbox where not routed)
      + (select count(*) from ${schema}.deliveries) as n`,
  )
  return Number(row?.n)
}
