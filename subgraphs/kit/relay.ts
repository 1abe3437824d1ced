import { sql } from 'kysely'
import { prepared, type Tx } from './database.ts'
import type { Envelope, Place } from './events.ts'
import { dispatch, type Send } from './flow.ts'

/** Who listens to what: the listeners' names by the event's, as `compose` wrote it. */
export type Routes = Readonly<Record<string, readonly string[]>>

/**
 * Moves what the outbox holds to the listeners' queues. It may be run anywhere, any number of times
 * and at once; queues may lose everything, since only an acknowledgement ends a delivery.
 */
export async function relay(
  { db, service }: Place,
  { routes, announce = () => {} }: Relaying,
  send: Send,
): Promise<void> {
  let fresh: readonly Announced[]
  do {
    fresh = await db.as(service, (tx) => route(tx, routes))
    for (const event of fresh) announce(event)
  } while (fresh.length === most)
  await db.as(service, (tx) => dispatch(tx, send))
}

interface Relaying {
  readonly routes: Routes
  /** Told of every event once it is routed, listened to or not: a hint that may be lost. */
  readonly announce?: ((event: Announced) => void) | undefined
}

/** Of an event, what a hint of it says. */
export type Announced = Pick<Envelope, 'name' | 'aggregateId' | 'data'>

/** How many events are routed in one transaction. */
const most = 1000

/**
 * Makes deliveries of new events. One at a time for a schema, each with a look taken after the last
 * one committed: `after` follows from it.
 */
async function route<T>(tx: Tx<T>, routes: Routes): Promise<readonly Announced[]> {
  const pairs = Object.entries(routes).flatMap(([name, listeners]) =>
    listeners.map((listener) => ({ name, listener })),
  )
  await sql`select pg_advisory_xact_lock(hashtext('relay ' || current_schema()))`.execute(tx)
  const { rows } = await sql<Announced>`
    with fresh as (
      update outbox set routed = true where id in (
        select id from outbox where not routed
        order by aggregate, aggregate_id, sequence limit ${most}::integer
      ) returning id, name, aggregate, aggregate_id, sequence, data
    ), pairs as (
      select * from jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as pair(name text, listener text)
    ), going as (
      select listener, id, aggregate, aggregate_id, sequence,
        lag(sequence) over (partition by listener, aggregate, aggregate_id order by sequence) as before
      from fresh join pairs using (name)
    ), lasts as (
      insert into event_routes as routes (listener, aggregate, aggregate_id, last)
      select listener, aggregate, aggregate_id, max(sequence) from going group by 1, 2, 3
      on conflict (listener, aggregate, aggregate_id) do update set last = excluded.last
    ), flows as (
      insert into event_flows (listener) select distinct listener from going on conflict do nothing
    ), sent as (
      insert into deliveries (listener, event_id, after)
      select listener, id, coalesce(before, event_routes.last, 0)
      from going left join event_routes using (listener, aggregate, aggregate_id)
    )
    select name, aggregate_id as "aggregateId", data from fresh ${prepared}`.execute(tx)
  return rows
}

/** Takes away what everybody has had for a week; the inbox remembers for a month. */
export function forgetDelivered({ db, service }: Place): Promise<unknown> {
  return db.as(service, async (tx) => {
    await sql`delete from outbox where id in (
      select id from outbox where routed and occurred_at < now() - interval '7 days'
        and not exists (select from deliveries where event_id = id) limit 10000)`.execute(tx)
    await sql`delete from inbox where event_id in (
      select event_id from inbox where at < now() - interval '30 days' limit 10000)`.execute(tx)
    await sql`delete from idempotent_acts where (caller, field, key) in (
      select caller, field, key from idempotent_acts where keep_until < now() limit 10000)`.execute(
      tx,
    )
  })
}
