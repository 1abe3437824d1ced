import { createServer, type Server } from 'node:http'
import { text } from 'node:stream/consumers'
import type { AskedOperation } from '@shop/kit/ask'
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
  /** What was asked, by whoever's key it was signed with; null where it was not, or not for the first time. */
  async function askedBy(header: string, given: string): Promise<AskedOperation | null> {
    const service = claimedService(header)
    if (!service) return null
    const claims = verified(header, { audience: 'gateway', keyOf: service, body: given }, keys)
    if (!claims) return null
    const ttlMs = claims.exp * 1000 + 5000 - Date.now()
    if ((await once.seen(`ask ${claims.nonce}`, ttlMs)) !== false) return null
    const { actsFor } = claims.identity
    const deadline = claims.deadlineMs ?? Date.now() + 2000
    return { ...body.parse(JSON.parse(given)), service, actsFor, deadline }
  }

  return createServer(async (request, response) => {
    try {
      const header = String(request.headers[callHeader] ?? '')
      const asked = await askedBy(header, await text(request))
      if (!asked) return response.writeHead(401).end()
      const answer = JSON.stringify(await asks.known(asked))
      return response.writeHead(200, { 'content-type': 'application/json' }).end(answer)
    } catch {
      return response.writeHead(503).end()
    }
  })
}
