import { sql } from 'kysely'
import { type Database, prepared, type Tx } from './database.ts'
import type { Envelope, Listener, Place } from './events.ts'
import type { Delivery } from './flow.ts'
import type { Log } from './log.ts'
import { reach } from './points.ts'
import { following, spanned } from './tracing.ts'

/** What became of a batch. */
export interface Taken {
  /** Committed, now or before: to be acknowledged. */
  readonly done: readonly Delivery[]
  /** An earlier event of the aggregate is still on its way. */
  readonly early: readonly Delivery[]
  /** A reaction threw, and it is to be tried again. */
  readonly failed: readonly Delivery[]
}

export interface Inbox {
  take(deliveries: readonly Delivery[], isLastTry: boolean): Promise<Taken>
  /** Takes in what was parked for this aggregate, in order, up to the first that fails again. */
  replay(aggregate: string, aggregateId: string): Promise<number>
}

/**
 * Takes each event in once and in the order of its aggregate: (event) decides repeats, and a
 * delivery waits while the last seen sequence is below its `after`. All reactions of a subgraph to
 * one event are one transaction.
 */
export function inboxOf(place: Place, listeners: readonly Listener[], log: Log): Inbox {
  const { db, service } = place
  const reactions = Map.groupBy(listeners, ({ event }) => event)

  async function react(tx: Tx<never>, event: Envelope): Promise<void> {
    const within = db.joining(tx)
    const all = async () => {
      for (const { react } of reactions.get(event.name) ?? []) await react(within, event)
    }
    const told = { listener: service.id }
    await following(event.traceparent ?? undefined, () => spanned(`hear ${event.name}`, told, all))
  }

  async function takeAll(tx: Tx<never>, deliveries: readonly Delivery[]): Promise<Taken> {
    const sorted = await sortOut(tx, deliveries)
    for (const { event } of sorted.now) await react(tx, event)
    await remember(tx, sorted.now)
    await reach('inbox.reacted')
    return { done: [...sorted.seen, ...sorted.now], early: sorted.early, failed: [] }
  }

  /** Alone, so that what fails is one event; its aggregate waits behind it, no other does. */
  async function takeOne(delivery: Delivery, isLastTry: boolean): Promise<Taken> {
    try {
      return await db.as(service, (tx) => takeAll(tx, [delivery]))
    } catch (fault) {
      if (!isLastTry) return { done: [], early: [], failed: [delivery] }
      const { event } = delivery
      log.error(`${event.name} of ${event.aggregate} ${event.aggregateId} is parked`, fault)
      await db.as(service, (tx) => park(tx, delivery, String(fault)))
      return { done: [delivery], early: [], failed: [] }
    }
  }

  return {
    async take(deliveries, isLastTry) {
      try {
        return await db.as(service, (tx) => takeAll(tx, deliveries))
      } catch {
        const taken: Taken[] = []
        for (const delivery of deliveries) taken.push(await takeOne(delivery, isLastTry))
        return joined(taken)
      }
    },
    replay: (aggregate, aggregateId) => replay(db, service, { aggregate, aggregateId, react }),
  }
}

const joined = (taken: readonly Taken[]): Taken => ({
  done: taken.flatMap(({ done }) => done),
  early: taken.flatMap(({ early }) => early),
  failed: taken.flatMap(({ failed }) => failed),
})

interface Position {
  aggregate: string
  aggregate_id: string
  last: number
  parked: boolean
}

interface Sorted {
  seen: Delivery[]
  now: Delivery[]
  early: Delivery[]
}

/** Locks the positions of these aggregates, so that nobody else takes their events meanwhile. */
async function sortOut(tx: Tx<never>, deliveries: readonly Delivery[]): Promise<Sorted> {
  const events = JSON.stringify(
    deliveries.map(({ event: { id, aggregate, aggregateId } }) => ({
      id,
      aggregate,
      aggregate_id: aggregateId,
    })),
  )
  const { rows: positions } = await sql<Position>`
    insert into inbox_positions as positions (aggregate, aggregate_id, last)
    select distinct aggregate, aggregate_id, 0
    from jsonb_to_recordset(${events}::jsonb) as event(aggregate text, aggregate_id text)
    order by aggregate, aggregate_id
    on conflict (aggregate, aggregate_id) do update set last = positions.last
    returning aggregate, aggregate_id, last, parked ${prepared}`.execute(tx)
  const at = new Map(positions.map((each) => [`${each.aggregate} ${each.aggregate_id}`, each]))
  const positionOf = ({ event }: Delivery) => at.get(`${event.aggregate} ${event.aggregateId}`)
  // What lies beyond the position has not been here: all that has been is behind it.
  const isBehind = (delivery: Delivery) =>
    delivery.event.sequence <= (positionOf(delivery)?.last ?? 0)
  const seen = await known(tx, deliveries.filter(isBehind))

  const sorted: Sorted = { seen: [], now: [], early: [] }
  for (const delivery of deliveries.toSorted((a, b) => a.event.sequence - b.event.sequence)) {
    const { event, after } = delivery
    const position = positionOf(delivery)
    if (!position || seen.has(event.id)) sorted.seen.push(delivery)
    else if (position.last < after) sorted.early.push(delivery)
    else if (position.parked) {
      await park(tx, delivery, null)
      position.last = event.sequence
      sorted.seen.push(delivery)
    } else {
      position.last = event.sequence
      seen.add(event.id)
      sorted.now.push(delivery)
    }
  }
  return sorted
}

/** The ids of those that were taken in or parked before. */
async function known(tx: Tx<never>, deliveries: readonly Delivery[]): Promise<Set<string>> {
  if (deliveries.length === 0) return new Set()
  const ids = deliveries.map(({ event }) => event.id)
  const { rows } = await sql<{ event_id: string }>`
    select event_id from inbox where event_id = any(${ids}::uuid[])
    union all
    select event_id from parked_events where event_id = any(${ids}::uuid[])`.execute(tx)
  return new Set(rows.map(({ event_id }) => event_id))
}

async function remember(tx: Tx<never>, taken: readonly Delivery[]): Promise<void> {
  if (taken.length === 0) return
  const events = JSON.stringify(
    taken.map(({ event }) => ({
      event_id: event.id,
      aggregate: event.aggregate,
      aggregate_id: event.aggregateId,
      sequence: event.sequence,
    })),
  )
  await sql`
    with taken as (
      select * from jsonb_to_recordset(${events}::jsonb)
        as event(event_id uuid, aggregate text, aggregate_id text, sequence bigint)
    ), noted as (insert into inbox (event_id) select event_id from taken)
    update inbox_positions as positions set last = greatest(positions.last, moved.last)
    from (select aggregate, aggregate_id, max(sequence) as last from taken group by 1, 2) as moved
    where positions.aggregate = moved.aggregate and positions.aggregate_id = moved.aggregate_id
    ${prepared}`.execute(tx)
}

async function park(tx: Tx<never>, delivery: Delivery, reason: string | null): Promise<void> {
  const { event } = delivery
  await sql`
    with parked as (
      insert into parked_events (event_id, aggregate, aggregate_id, sequence, delivery, reason)
      values (${event.id}, ${event.aggregate}, ${event.aggregateId}, ${event.sequence}::bigint,
        ${JSON.stringify(delivery)}::jsonb, ${reason})
      on conflict do nothing
    )
    insert into inbox_positions as positions (aggregate, aggregate_id, last, parked)
    values (${event.aggregate}, ${event.aggregateId}, ${event.sequence}::bigint, true)
    on conflict (aggregate, aggregate_id) do update
      set parked = true, last = greatest(positions.last, excluded.last)`.execute(tx)
}

interface Replayed {
  aggregate: string
  aggregateId: string
  react(tx: Tx<never>, event: Envelope): Promise<void>
}

/** One transaction an event: what has been taken in stays so when a later one fails again. */
async function replay(
  db: Database<never>,
  service: Place['service'],
  { aggregate, aggregateId, react }: Replayed,
): Promise<number> {
  const next = (tx: Tx<never>) =>
    sql<{ delivery: Delivery }>`
    select delivery from parked_events
    where aggregate = ${aggregate} and aggregate_id = ${aggregateId}
    order by sequence limit 1 for update`.execute(tx)
  const one = () =>
    db.as(service, async (tx) => {
      const { rows } = await next(tx)
      const [first] = rows
      if (!first) {
        await sql`update inbox_positions set parked = false
          where aggregate = ${aggregate} and aggregate_id = ${aggregateId}`.execute(tx)
        return false
      }
      const { event } = first.delivery
      await react(tx, event)
      await sql`with gone as (delete from parked_events where event_id = ${event.id})
        insert into inbox (event_id) values (${event.id}) on conflict do nothing`.execute(tx)
      return true
    })
  let taken = 0
  while (await one()) taken += 1
  return taken
}
