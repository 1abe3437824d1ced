import { sql } from 'kysely'
import { prepared, type Tx } from './database.ts'
import type { Envelope, Place } from './events.ts'
import { reach } from './points.ts'
import { marked } from './tracing.ts'

/** An event on its way to one listener. */
export interface Delivery {
  readonly event: Envelope
  /** The sequence of the aggregate's previous event that was routed to this listener; 0 for none. */
  readonly after: number
}

export type Send = (listener: string, deliveries: readonly Delivery[]) => Promise<void>

/** The most that is under way to one listener: more than it works on at once, in parcels of a hundred. */
const room = 1000
const parcel = 100

/**
 * How long a delivery may take, and how long a listener may say nothing: longer than the five tries
 * of a reaction, and each time twice as long, up to a minute.
 */
const patience = (times: string) =>
  sql`interval '10 seconds' * least(6, power(2, least(${sql.ref(times)}, 10)))`

interface Due {
  listener: string
  deliveries: Delivery[]
}

/**
 * Sends what there is room for, new before old. Old is what a listener has passed over: it
 * acknowledged something that was sent after this one had had its time. Of a listener that says
 * nothing only the oldest are tried again, since the rest may well lie in its queue: if all of it is
 * lost, the answer to these tells it. The send is in the transaction, so a crash only sends again.
 */
export async function dispatch<T>(tx: Tx<T>, send: Send): Promise<void> {
  // Alone, and with a look taken after the last one committed: so the window holds.
  await sql`select pg_advisory_xact_lock(hashtext('dispatch ' || current_schema()))`.execute(tx)
  const { rows } = await sql<Due>`
    with probed as (
      update event_flows as flow set probes = probes + 1, probe_at = now() + ${patience('probes')}
      where probe_at <= now() and exists (select from deliveries
        where listener = flow.listener and sent_at is not null and due_at <= now())
      returning listener
    ), chosen as (
      select place from event_flows as flow cross join lateral (
        select ctid as place from deliveries where listener = flow.listener and sent_at is null
        order by event_id limit greatest(0, ${room}::integer - (select count(*) from deliveries
          where listener = flow.listener and sent_at is not null))
        for update skip locked) as fresh
      union all
      select place from event_flows as flow cross join lateral (
        select ctid as place from deliveries where listener = flow.listener and sent_at is not null
          and due_at <= flow.heard
        order by due_at limit ${room}::integer for update skip locked) as passed_over
      union all
      select place from probed cross join lateral (
        select ctid as place from deliveries where listener = probed.listener and sent_at is not null
          and due_at <= now()
        order by due_at limit ${parcel}::integer for update skip locked) as oldest
    ), due as (
      update deliveries set attempts = attempts + 1, sent_at = now(),
        due_at = now() + ${patience('attempts')}
      where ctid = any(array(select place from chosen)) returning listener, event_id, after
    )
    select listener, jsonb_agg(jsonb_build_object('after', after, 'event', jsonb_build_object(
      'id', id, 'name', name, 'version', version, 'aggregate', aggregate,
      'aggregateId', aggregate_id, 'sequence', sequence, 'occurredAt', occurred_at,
      'actor', actor, 'traceparent', traceparent, 'data', data
    )) order by aggregate, aggregate_id, sequence) as deliveries
    from due join outbox on id = event_id group by listener ${prepared}`.execute(tx)
  for (const { listener, deliveries } of rows) {
    for (let from = 0; from < deliveries.length; from += parcel) {
      const batch = deliveries.slice(from, from + parcel)
      await send(listener, batch)
      for (const { event } of batch) marked(event.traceparent, `relay ${event.name}`, { listener })
      await reach('relay.sent')
    }
  }
}

/** The listener has committed these: they are not sent again. Says whether others wait for the room. */
export async function acknowledge(
  { db, service }: Place,
  listener: string,
  eventIds: readonly string[],
): Promise<boolean> {
  const { rows } = await db.as(service, (tx) =>
    sql<{ isMore: boolean }>`
    with own as (
      select event_id from deliveries
      where listener = ${listener} and event_id = any(${eventIds}::uuid[])
      order by event_id for update
    ), gone as (
      delete from deliveries using own
      where listener = ${listener} and deliveries.event_id = own.event_id returning sent_at
    ), heard as (
      update event_flows set heard = greatest(heard, (select max(sent_at) from gone)), probes = 0,
        probe_at = now() + interval '10 seconds'
      where listener = ${listener} and exists (select from gone)
    )
    select exists (select from deliveries where listener = ${listener} and sent_at is null)
      as "isMore" ${prepared}`.execute(tx),
  )
  return rows[0]?.isMore ?? false
}

/** What was under way lay in a queue that has lost it: all of it is new again. */
export function sendAnew({ db, service }: Place): Promise<unknown> {
  return db.as(service, (tx) =>
    sql`update deliveries set sent_at = null where (listener, event_id) in (
      select listener, event_id from deliveries where sent_at is not null
      for update skip locked)`.execute(tx),
  )
}
