import { createServer, type Server } from 'node:http'
import { text } from 'node:stream/consumers'
import type { Keys } from '@shop/kit/keys'
import type { RememberOnce } from '@shop/kit/remember-once'
import { callHeader, claimedService, verified } from '@shop/kit/signature'
import { z } from 'zod'
import type { Asks } from './asks.ts'

const body = z.object({
  hash: z.string(),
  operationName: z.string(),
  variables: z.record(z.string(), z.unknown()),
})

interface Needs {
  readonly asks: Asks
  readonly keys: Keys
  readonly once: RememberOnce
}

/**
 * Takes what subgraphs in other processes ask of the router. Whose key signed it says who asks;
 * what is not signed so gets 401. Never published.
 */
export function asksListener({ asks, keys, once }: Needs): Server {
  return createServer(async (request, response) => {
    const refuse = (status: number) => response.writeHead(status).end()
    try {
      const given = await text(request)
      const header = String(request.headers[callHeader] ?? '')
      const service = claimedService(header)
      const envelope = { audience: 'gateway', keyOf: service ?? '', body: given }
      const claims = service ? verified(header, envelope, keys) : null
      if (!claims || !service) return refuse(401)
      const ttlMs = claims.exp * 1000 + 5000 - Date.now()
      if ((await once.seen(`ask ${claims.nonce}`, ttlMs)) !== false) return refuse(401)
      const { actsFor } = claims.identity
      const deadline = claims.deadlineMs ?? Date.now() + 2000
      const asked = { ...body.parse(JSON.parse(given)), service, actsFor, deadline }
      const answer = await asks.known(asked)
      return response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify(answer))
    } catch {
      return refuse(503)
    }
  })
}
