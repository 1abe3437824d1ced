import { randomBytes } from 'node:crypto'
import type { EventEmitter } from 'node:events'
import {
  type Attributes,
  context,
  isSpanContextValid,
  type SpanContext,
  SpanStatusCode,
  TraceFlags,
  trace,
} from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import type { SpanExporter } from '@opentelemetry/sdk-trace'
import { scrubbed } from './redaction.ts'

// Errors and log lines carry a trace id whether or not spans are exported, so this is always on.
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())

/** Without it whoever would open a span does only the work. */
let isRecording = false

export const isTraced = (): boolean => isRecording

interface Where {
  readonly service: string
  /** Of an OTLP/HTTP collector, without `/v1/traces`. */
  readonly endpoint?: string | undefined
  /** In place of the collector, for a test: each span is handed over as it ends. */
  readonly exporter?: SpanExporter
}

/** Spans are recorded until it is closed. Without an endpoint nothing is loaded and nothing recorded. */
export async function openTracing({
  service,
  endpoint,
  exporter,
}: Where): Promise<AsyncDisposable> {
  if (!endpoint && !exporter) return new AsyncDisposableStack()
  const [sdk, { resourceFromAttributes }] = await Promise.all([
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/resources'),
  ])
  const processor = exporter
    ? new sdk.SimpleSpanProcessor({ exporter })
    : new sdk.BatchSpanProcessor({ exporter: await collectorAt(String(endpoint)) })
  const provider = new sdk.TracerProvider({
    resource: resourceFromAttributes({ 'service.name': service }),
    sampler: new sdk.ParentBasedSampler({ root: new sdk.AlwaysOnSampler() }),
    spanProcessors: [processor],
  })
  trace.setGlobalTracerProvider(provider)
  isRecording = true
  return {
    async [Symbol.asyncDispose]() {
      isRecording = false
      trace.disable()
      // A collector that is gone must not hold up the closing of the process.
      await provider.shutdown().catch(() => {})
    },
  }
}

async function collectorAt(endpoint: string): Promise<SpanExporter> {
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http')
  return new OTLPTraceExporter({
    url: `${endpoint.replace(/\/$/, '')}/v1/traces`,
    timeoutMillis: 5_000,
  })
}

/** Does the work inside a span of this name. Attributes are scrubbed; of a fault only its kind is kept. */
export function spanned<T>(
  name: string,
  attributes: Attributes,
  work: () => T | Promise<T>,
): Promise<T> {
  const unseen = async (): Promise<T> => work()
  if (!isRecording) return unseen()
  const shown = scrubbed(attributes) as Attributes
  return trace.getTracer('shop').startActiveSpan(name, { attributes: shown }, async (span) => {
    try {
      return await work()
    } catch (fault) {
      const type = fault instanceof Error ? fault.name : typeof fault
      span.setAttribute('error.type', type).setStatus({ code: SpanStatusCode.ERROR, message: type })
      throw fault
    } finally {
      span.end()
    }
  })
}

/** A request, as part of its client's trace; its span is over when its answer is. */
export function serving(given: string | undefined, answer: EventEmitter, work: () => void): void {
  following(given, () => {
    if (!isRecording) return work()
    return trace.getTracer('shop').startActiveSpan('request', (span) => {
      answer.once('close', () => span.end())
      work()
    })
  })
}

/** A moment in a trace that was handed on: something of it was done here, among other things. */
export function marked(given: string | null, name: string, attributes: Attributes): void {
  if (!isRecording || !given) return
  following(given, () => {
    trace
      .getTracer('shop')
      .startSpan(name, { attributes: scrubbed(attributes) as Attributes })
      .end()
  })
}

/** Does the work as part of the caller's trace; of a new one where nothing, or nonsense, was given. */
export function following<T>(traceparent: string | undefined, work: () => T): T {
  const span = trace.wrapSpanContext(spanContextOf(traceparent) ?? newSpanContext())
  return context.with(trace.setSpan(context.active(), span), work)
}

/** The W3C header that hands the trace on; undefined outside of any. */
export function traceparent(): string | undefined {
  const here = trace.getActiveSpan()?.spanContext()
  if (!here) return undefined
  const flags = here.traceFlags.toString(16).padStart(2, '0')
  return `00-${here.traceId}-${here.spanId}-${flags}`
}

/** What a client is shown beside an error. */
export const traceId = (): string | undefined => trace.getActiveSpan()?.spanContext().traceId

/** W3C Trace Context, section 3.2: a later version may have more fields, version 00 may not. */
function spanContextOf(header: string | undefined): SpanContext | undefined {
  const parts = /^([\da-f]{2})-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})(-.*)?$/.exec(header ?? '')
  const [, version, id = '', spanId = '', flags = '', more] = parts ?? []
  if (!parts || version === 'ff' || (version === '00' && more !== undefined)) return undefined
  const traceFlags = Number.parseInt(flags, 16) & TraceFlags.SAMPLED
  const given = { traceId: id, spanId, traceFlags, isRemote: true }
  return isSpanContextValid(given) ? given : undefined
}

// Not marked as remote, and sampled: it is where a trace of ours begins.
function newSpanContext(): SpanContext {
  const random = randomBytes(24).toString('hex')
  const [traceId, spanId] = [random.slice(0, 32), random.slice(32)]
  return { traceId, spanId, traceFlags: TraceFlags.SAMPLED }
}
