import { sql } from 'kysely'
import type { Tx } from './database.ts'
import type { Envelope, Place } from './events.ts'
import { reach } from './points.ts'
import { marked } from './tracing.ts'

/** Who listens to what: the listeners' names by the event's, as `compose` wrote it. */
export type Routes = Readonly<Record<string, readonly string[]>>

/** An event on its way to one listener. */
export interface Delivery {
  readonly event: Envelope
  /** The sequence of the aggregate's previous event that was routed to this listener; 0 for none. */
  readonly after: number
}

export type Send = (listener: string, deliveries: readonly Delivery[]) => Promise<void>

/** Sent again when no acknowledgement has come, each time after twice as long, up to five minutes. */
const resend = sql`least(interval '10 seconds' * power(2, least(attempts, 10)), interval '5 minutes')`

/**
 * Moves what the outbox holds to the listeners' queues. It may be run anywhere, any number of times
 * and at once; queues may lose everything, since only an acknowledgement ends a delivery.
 */
export async function relay(
  { db, service }: Place,
  { routes, announce = () => {} }: Relaying,
  send: Send,
): Promise<number> {
  let moved = 0
  while (true) {
    const fresh = await db.as(service, (tx) => route(tx, routes))
    if (fresh.length === 0) break
    for (const event of fresh) announce(event)
    moved += 1
  }
  while (await db.as(service, (tx) => dispatch(tx, send))) moved += 1
  return moved
}

interface Relaying {
  readonly routes: Routes
  /** Told of every event once it is routed, listened to or not: a hint that may be lost. */
  readonly announce?: ((event: Announced) => void) | undefined
}

/** Of an event, what a hint of it says. */
export type Announced = Pick<Envelope, 'name' | 'aggregateId' | 'data'>

/** Makes deliveries of new events. One at a time for a schema: `after` follows from the last. */
async function route<T>(tx: Tx<T>, routes: Routes): Promise<readonly Announced[]> {
  const pairs = Object.entries(routes).flatMap(([name, listeners]) =>
    listeners.map((listener) => ({ name, listener })),
  )
  const { rows } = await sql<Announced>`
    with alone as (
      select pg_try_advisory_xact_lock(hashtext('relay ' || current_schema())) as ours
    ), fresh as (
      update outbox set routed = true where id in (
        select id from outbox, alone where ours and not routed
        order by aggregate, aggregate_id, sequence limit 1000
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
    ), sent as (
      insert into deliveries (listener, event_id, after)
      select listener, id, coalesce(before, event_routes.last, 0)
      from going left join event_routes using (listener, aggregate, aggregate_id)
    )
    select name, aggregate_id as "aggregateId", data from fresh`.execute(tx)
  return rows
}

interface Due {
  listener: string
  deliveries: Delivery[]
}

/** In the order of each aggregate; the send is in the transaction, so a crash only sends it again. */
async function dispatch<T>(tx: Tx<T>, send: Send): Promise<boolean> {
  const { rows } = await sql<Due>`
    with due as (
      update deliveries set attempts = attempts + 1, due_at = now() + ${resend}
      where (listener, event_id) in (
        select listener, event_id from deliveries where due_at <= now()
        order by due_at limit 1000 for update skip locked
      ) returning listener, event_id, after
    )
    select listener, jsonb_agg(jsonb_build_object('after', after, 'event', jsonb_build_object(
      'id', id, 'name', name, 'version', version, 'aggregate', aggregate,
      'aggregateId', aggregate_id, 'sequence', sequence, 'occurredAt', occurred_at,
      'actor', actor, 'traceparent', traceparent, 'data', data
    )) order by aggregate, aggregate_id, sequence) as deliveries
    from due join outbox on id = event_id group by listener`.execute(tx)
  for (const { listener, deliveries } of rows) {
    for (let from = 0; from < deliveries.length; from += 100) {
      const batch = deliveries.slice(from, from + 100)
      await send(listener, batch)
      for (const { event } of batch) marked(event.traceparent, `relay ${event.name}`, { listener })
      await reach('relay.sent')
    }
  }
  return rows.length > 0
}

/** The listener has committed these: they are not sent again. */
export function acknowledge(
  { db, service }: Place,
  listener: string,
  eventIds: readonly string[],
): Promise<unknown> {
  return db.as(service, (tx) =>
    sql`delete from deliveries where listener = ${listener}
      and event_id = any(${eventIds}::uuid[])`.execute(tx),
  )
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
