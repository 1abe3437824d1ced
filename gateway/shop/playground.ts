import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import { renderGraphiQL } from '@graphql-yoga/render-graphiql'
import { examples } from './examples.ts'

/** GraphQL Playground: GraphiQL served by us, whole, so that nothing is fetched from elsewhere. */
export function playground(endpoint: string) {
  const html = renderGraphiQL({
    title: 'GraphQL Playground',
    endpoint,
    defaultQuery: examples,
    subscriptionsProtocol: 'SSE',
    additionalHeaders: { 'x-shop-client': 'playground' },
  })
  const packed = gzipSync(html)
  const etag = `"${createHash('sha256').update(html).digest('base64url').slice(0, 22)}"`
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-cache',
    etag,
    // Its one page holds its own scripts; it may ask this shop, and nobody else.
    'content-security-policy':
      "default-src 'self' 'unsafe-inline' data: blob:; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; connect-src 'self'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  }
  return (request: IncomingMessage, response: ServerResponse): void => {
    if (request.headers['if-none-match'] === etag) {
      response.writeHead(304, headers).end()
      return
    }
    const isPacked = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))
    response.writeHead(200, { ...headers, ...(isPacked && { 'content-encoding': 'gzip' }) })
    response.end(isPacked ? packed : html)
  }
}
