import { type Evidence, type Query, type Row, told } from './evidence.ts'

interface Room {
  readonly name: string
  readonly query: Query
}

/** Every schema that has an outbox. */
async function roomsIn({ shop, ai }: Evidence): Promise<Room[]> {
  const named = async (query: Query) => {
    const rows = await query(`select schemaname as name from pg_tables where tablename = 'outbox'`)
    return rows.map(({ name }) => ({ name: String(name), query }))
  }
  return [...(await named(shop)), ...(await named(ai))]
}

/** After a restore the events of every aggregate count on from a new one: see deploy/state/restore.ts. */
const epoch = 1_000_000_000

/** I6: once quiet, all that was announced was delivered, and the events of an aggregate count up. */
export async function eventsArrived(evidence: Evidence): Promise<string[]> {
  const rooms = await roomsIn(evidence)
  const faults: string[] = []
  for (const room of rooms) {
    faults.push(...(await onTheWay(room)), ...(await notTakenIn(room, rooms, evidence)))
  }
  return faults
}

async function onTheWay({ name, query }: Room): Promise<string[]> {
  const [left] = await query(`select
    (select count(*) from ${name}.outbox where not routed) as unrouted,
    (select count(*) from ${name}.deliveries) as unacknowledged,
    (select count(*) from ${name}.parked_events) as parked`)
  const isQuiet = Object.values(left ?? {}).every((count) => Number(count) === 0)
  const gaps = await query(`
    select aggregate, aggregate_id, max(sequence) as last, count(*) as events, min(sequence) as first
    from ${name}.outbox group by aggregate, aggregate_id, sequence / ${epoch}
    having max(sequence) - min(sequence) + 1 <> count(*)`)
  const ahead = await query(`
    select aggregate, aggregate_id, max(sequence) as last, sequences.last as given
    from ${name}.outbox join ${name}.event_sequences sequences using (aggregate, aggregate_id)
    group by aggregate, aggregate_id, sequences.last
    having sequences.last <> max(sequence)
      and sequences.last <> (max(sequence) / ${epoch} + 1) * ${epoch}`)
  return [
    ...(isQuiet ? [] : told(`${name} is not quiet`, [left ?? {}])),
    ...told(`${name} skipped a sequence`, gaps),
    ...told(`${name} counts on from elsewhere`, ahead),
  ]
}

/** Ids that were announced to a listener and are not in its inbox. */
async function notTakenIn({ name, query }: Room, rooms: readonly Room[], { routes }: Evidence) {
  const faults: string[] = []
  for (const listener of rooms) {
    const heard = Object.keys(routes).filter((event) => routes[event]?.includes(listener.name))
    const sent = await query(
      `select id, name from ${name}.outbox where name = any($1::text[])
        -- A listener that came later began at a recorded position.
        and exists (select from ${name}.event_routes where listener = $2
          and event_routes.aggregate = outbox.aggregate and event_routes.aggregate_id = outbox.aggregate_id)`,
      [heard.filter((event) => event.startsWith(`${name}.`)), listener.name],
    )
    const taken = await takenBy(listener, sent)
    const lost = sent.filter(({ id }) => !taken.has(String(id)))
    faults.push(...told(`${listener.name} never took in`, lost))
  }
  return faults
}

async function takenBy({ name, query }: Room, sent: readonly Row[]): Promise<Set<string>> {
  if (sent.length === 0) return new Set()
  const ids = sent.map(({ id }) => id)
  const rows = await query(`select event_id from ${name}.inbox where event_id = any($1::uuid[])`, [
    ids,
  ])
  return new Set(rows.map(({ event_id }) => String(event_id)))
}
