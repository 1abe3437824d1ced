import { createServer, type Server } from 'node:http'
import type { Telemetry } from './telemetry.ts'

export interface Watched {
  /** Whether traffic should be sent here. */
  ready(): Promise<boolean>
  readonly telemetry: Telemetry
}

/** `/health`, `/health/live`, `/health/ready` and `/metrics`; for the cluster, never for clients. */
export function adminServer({ ready, telemetry }: Watched): Server {
  const isReady = telemetry.gauge({
    name: 'process_ready',
    help: '1 when traffic should be sent here, as /health/ready says.',
  })
  telemetry.whenRead(async () => isReady.set((await ready().catch(() => false)) ? 1 : 0))
  return createServer(async (request, response) => {
    const health = await healthOf(request.url ?? '', ready)
    if (health) {
      response.writeHead(health.status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(health.body))
      return
    }
    if (request.url !== '/metrics') {
      response.writeHead(404).end()
      return
    }
    const { contentType, text } = await telemetry.exposition()
    response.writeHead(200, { 'content-type': contentType }).end(text)
  })
}

export interface Health {
  readonly status: number
  readonly body: { readonly status: string }
}

/** Live is not stuck, ready is send traffic; null for any other path. */
export async function healthOf(
  path: string,
  ready: () => Promise<boolean>,
): Promise<Health | null> {
  if (path === '/health/live') return { status: 200, body: { status: 'live' } }
  if (path !== '/health' && path !== '/health/ready') return null
  const isReady = await ready().catch(() => false)
  return isReady
    ? { status: 200, body: { status: 'ready' } }
    : { status: 503, body: { status: 'not ready' } }
}
