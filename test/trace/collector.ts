import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** A span as it came, of whichever process. */
export interface Span {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name: string
  readonly service: string
  readonly attributes: Readonly<Record<string, string>>
  readonly beganMs: number
  readonly endedMs: number
}

export interface Collector extends AsyncDisposable {
  /** For `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  readonly url: string
  readonly spans: readonly Span[]
  /** All that came, as it came. */
  readonly exported: readonly string[]
}

/** Takes what processes export as OTLP over HTTP, in JSON, and keeps it. */
export async function openCollector(): Promise<Collector> {
  const spans: Span[] = []
  const exported: string[] = []
  const server = createServer(async (request, response) => {
    const came = await text(request)
    exported.push(came)
    spans.push(...spansIn(JSON.parse(came) as Exported))
    response.setHeader('content-type', 'application/json').end('{}')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    exported,
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
    },
  }
}

interface Attribute {
  readonly key: string
  readonly value: Readonly<Record<string, unknown>>
}

interface Exported {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] }
    readonly scopeSpans: readonly {
      readonly spans: readonly {
        readonly traceId: string
        readonly spanId: string
        readonly parentSpanId?: string
        readonly name: string
        readonly attributes: readonly Attribute[]
        readonly startTimeUnixNano: string
        readonly endTimeUnixNano: string
      }[]
    }[]
  }[]
}

const attributesOf = (all: readonly Attribute[]): Record<string, string> =>
  Object.fromEntries(all.map(({ key, value }) => [key, String(Object.values(value)[0])]))

const spansIn = ({ resourceSpans }: Exported): Span[] =>
  resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = attributesOf(resource.attributes)['service.name'] ?? ''
    return scopeSpans
      .flatMap(({ spans }) => spans)
      .map(({ attributes, startTimeUnixNano, endTimeUnixNano, ...span }) => ({
        ...span,
        service,
        attributes: attributesOf(attributes),
        beganMs: Number(startTimeUnixNano) / 1e6,
        endedMs: Number(endTimeUnixNano) / 1e6,
      }))
  })
