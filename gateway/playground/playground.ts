import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Asset, assetsOf } from './assets.ts'
import { examples } from './examples.ts'

/** Somebody of a demo shop, as whom a newcomer may look at it. */
export interface DemoPerson {
  readonly name: string
  readonly role: string
  readonly email: string
  readonly password: string
}

export interface PlaygroundSettings {
  readonly endpoint: string
  /** Shows plan, cost and trace: what the gateway tells in development alone. */
  readonly isSeeing: boolean
  /** What one operation may cost, and what a client's budget holds. */
  readonly costs: { readonly most: number; readonly capacity: number }
  /** Who can be logged in as with one click. */
  readonly people: readonly DemoPerson[]
}

// The page may ask this shop, and nobody else; its styles are the editor's, made while it runs.
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const headers = {
  'cache-control': 'no-cache',
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
}

/** GraphQL Playground: GraphiQL and our panes, all served by us, so that nothing is fetched from elsewhere. */
export function playground(settings: PlaygroundSettings) {
  // Nine megabytes: read when somebody first opens it.
  let assets: Promise<ReadonlyMap<string, Asset>> | undefined
  return (request: IncomingMessage, response: ServerResponse): void => {
    assets ??= assetsOf({ ...settings, examples })
    assets.then(
      (all) => give(all.get(request.url?.split('?')[0] ?? ''), request, response),
      (fault) => response.destroy(fault),
    )
  }
}

function give(asset: Asset | undefined, request: IncomingMessage, response: ServerResponse): void {
  if (!asset) {
    response.writeHead(404, { ...headers, 'content-type': 'text/plain' }).end('Not here.\n')
    return
  }
  const { etag, type } = asset
  const told = { ...headers, etag, vary: 'accept-encoding' }
  if (request.headers['if-none-match'] === etag) {
    response.writeHead(304, told).end()
    return
  }
  const isPacked = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))
  const encoding = isPacked ? { 'content-encoding': 'gzip' } : {}
  response.writeHead(200, { ...told, ...encoding, 'content-type': type })
  response.end(request.method === 'HEAD' ? undefined : isPacked ? asset.packed() : asset.content)
}
