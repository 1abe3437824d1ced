import { createServer, type RequestListener, type Server } from 'node:http'
import { healthOf } from '@shop/kit/admin'

/**
 * The file server of a process that has nothing else to serve, with its health. An upload takes a
 * minute at most and a head ten seconds, so a slow sender holds no place for long.
 */
export function filesServer(handler: RequestListener): Server {
  const server = createServer(
    { requestTimeout: 60_000, headersTimeout: 10_000 },
    async (request, response) => {
      const health = await healthOf(request.url ?? '', async () => true)
      if (!health) return handler(request, response)
      return response.writeHead(health.status).end(JSON.stringify(health.body))
    },
  )
  server.maxConnections = 500
  return server
}
