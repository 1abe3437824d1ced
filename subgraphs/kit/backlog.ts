import { sql } from 'kysely'
import { until } from './deadline.ts'
import type { Place } from './events.ts'
import type { Telemetry } from './telemetry.ts'

interface Backlog {
  /** Events that could not be taken in, and those of the same aggregates behind them. */
  readonly parked: number
  /** Of the oldest event that some listener has not acknowledged; 0 where there is none. */
  readonly oldestSeconds: number
}

export async function backlogOf({ db, service }: Place): Promise<Backlog> {
  const { rows } = await db.as(service, (tx) =>
    sql<Backlog>`
    with waiting as (
      (select occurred_at from outbox where not routed order by occurred_at limit 1)
      union all
      select min(occurred_at) from deliveries join outbox on id = event_id
    )
    select (select count(*) from parked_events) as parked,
      greatest(0, coalesce(extract(epoch from now() - min(occurred_at)), 0))::float8
        as "oldestSeconds"
    from waiting`.execute(tx),
  )
  return rows[0] ?? { parked: 0, oldestSeconds: 0 }
}

/** Looked at when metrics are read; of a database that is away there is no figure, not an old one. */
export function watchBacklog(telemetry: Telemetry, name: string, place: Place): Disposable {
  const parked = telemetry.gauge({
    name: 'events_parked',
    help: 'Events that a listener could not take in, with what waits behind them.',
    labels: ['subgraph'],
  })
  const oldest = telemetry.gauge({
    name: 'outbox_oldest_seconds',
    help: 'Age of the oldest event that some listener has not acknowledged.',
    labels: ['subgraph'],
  })
  return telemetry.whenRead(async () => {
    try {
      const backlog = await until(Date.now() + 2000, () => backlogOf(place))
      parked.set({ subgraph: name }, backlog.parked)
      oldest.set({ subgraph: name }, backlog.oldestSeconds)
    } catch {
      for (const gauge of [parked, oldest]) gauge.remove({ subgraph: name })
    }
  })
}
