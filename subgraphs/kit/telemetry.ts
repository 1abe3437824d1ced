import type { ServerResponse } from 'node:http'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Environment } from './config.ts'
import { openTracing } from './tracing.ts'

interface Shape<L extends string> {
  /** Lower case with its unit last: `checkout_walk_seconds`, `mails_sent_total`. */
  readonly name: string
  readonly help: string
  /** Of few values each. Ids, addresses and anything of a person are no labels. */
  readonly labels?: readonly L[]
}

/** What a process counts of itself. The same name asked for again is the same metric. */
export interface Telemetry extends AsyncDisposable {
  counter<L extends string = never>(shape: Shape<L>): Counter<L>
  gauge<L extends string = never>(shape: Shape<L>): Gauge<L>
  /** In seconds, unless told `buckets`. */
  histogram<L extends string = never>(shape: Shape<L> & { buckets?: number[] }): Histogram<L>
  /** Counts this exchange when it is over, and how long it took; a stream is no answer to be timed. */
  served(response: ServerResponse): void
  /** Does this before each exposition, for figures that have to be looked up; until disposed of. */
  whenRead(look: () => Promise<void>): Disposable
  /** For `/metrics`, in Prometheus's text format. */
  exposition(): Promise<{ contentType: string; text: string }>
}

/** Spans leave the process only when `OTEL_EXPORTER_OTLP_ENDPOINT` is set. */
export async function telemetryFrom(env: Environment, service: string): Promise<Telemetry> {
  const tracing = await openTracing({ service, endpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT })
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  return { ...metricsIn(registry), [Symbol.asyncDispose]: () => tracing[Symbol.asyncDispose]() }
}

const streams = /^(text\/event-stream|multipart\/mixed)/

/** From a cached answer to a checkout at its 15 s limit. */
const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15]

function metricsIn(registry: Registry) {
  const settings = <L extends string>({ name, help, labels = [] }: Shape<L>) => ({
    name,
    help,
    labelNames: labels,
    registers: [registry],
  })
  const known = <M>(name: string, make: () => M): M =>
    (registry.getSingleMetric(name) as M | undefined) ?? make()
  const counter = <L extends string = never>(shape: Shape<L>) =>
    known(shape.name, () => new Counter<L>(settings(shape)))
  const histogram = <L extends string = never>(shape: Shape<L> & { buckets?: number[] }) =>
    known(
      shape.name,
      () => new Histogram<L>({ ...settings(shape), buckets: shape.buckets ?? seconds }),
    )

  const requests = counter({
    name: 'http_requests_total',
    help: 'HTTP requests answered, by status.',
    labels: ['status'],
  })
  const durations = histogram({
    name: 'http_request_duration_seconds',
    help: 'From the first byte of an HTTP request to the last of its answer.',
  })
  const looks = new Set<() => Promise<void>>()
  return {
    counter,
    histogram,
    whenRead(look: () => Promise<void>) {
      looks.add(look)
      return { [Symbol.dispose]: () => void looks.delete(look) }
    },
    gauge: <L extends string = never>(shape: Shape<L>) =>
      known(shape.name, () => new Gauge<L>(settings(shape))),
    served(response: ServerResponse) {
      const began = performance.now()
      response.on('close', () => {
        requests.inc({ status: String(response.statusCode) })
        const isStream = streams.test(String(response.getHeader('content-type')))
        if (!isStream) durations.observe((performance.now() - began) / 1000)
      })
    },
    async exposition() {
      await Promise.all([...looks].map((look) => look()))
      return { contentType: registry.contentType, text: await registry.metrics() }
    },
  }
}
