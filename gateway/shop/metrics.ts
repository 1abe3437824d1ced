import type { Telemetry } from '@shop/kit/telemetry'
import type { Shedding } from '../shed/step.ts'
import type { BreakerState } from '../traffic/settings.ts'

/** What the steps of the road tell of themselves; labels have few values each, and none of a client's. */
export function metricsIn(telemetry: Telemetry, { admission }: Shedding) {
  const shed = telemetry.counter({
    name: 'gateway_shed_total',
    help: 'Requests sent away since too much was asked, by class.',
    labels: ['class'],
  })
  const looks = telemetry.counter({
    name: 'gateway_cache_looks_total',
    help: 'Looks into what is kept, whole answers and entities, by what was found.',
    labels: ['cache', 'found'],
  })
  const breakers = telemetry.counter({
    name: 'gateway_breaker_changes_total',
    help: 'Groups of fields that were left alone, tried, or asked again, by subgraph.',
    labels: ['subgraph', 'state'],
  })
  const fetches = telemetry.counter({
    name: 'gateway_fetches_total',
    help: 'Fetches from subgraphs, by what came: data, errors beside it, or why nothing did.',
    labels: ['subgraph', 'outcome'],
  })
  const durations = telemetry.histogram({
    name: 'gateway_fetch_duration_seconds',
    help: 'From a fetch to its answer, or to its fault.',
    labels: ['subgraph'],
  })
  const requests = telemetry.gauge({
    name: 'gateway_requests',
    help: 'Places for requests, and requests that are taken or wait for one.',
    labels: ['state'],
  })
  const reading = telemetry.whenRead(async () => {
    const { places, taken, selling, waiting } = admission.counts
    const { account, browse } = waiting
    const all = { places, taken, selling, account_waiting: account, browse_waiting: browse }
    for (const [state, count] of Object.entries(all)) requests.set({ state }, count)
  })
  return {
    onShed: (importance: string) => shed.inc({ class: importance }),
    onFetch({ subgraph, outcome, seconds }: Fetched): void {
      fetches.inc({ subgraph, outcome })
      durations.observe({ subgraph }, seconds)
    },
    onAnswer: (found: string) => looks.inc({ cache: 'answer', found }),
    onEntities: (found: string, count: number) => looks.inc({ cache: 'entity', found }, count),
    onState: (subgraph: string, _: string, state: BreakerState) =>
      breakers.inc({ subgraph, state }),
    [Symbol.dispose]: () => reading[Symbol.dispose](),
  }
}

interface Fetched {
  readonly subgraph: string
  readonly outcome: string
  readonly seconds: number
}

export type Metrics = ReturnType<typeof metricsIn>
