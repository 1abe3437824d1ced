import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import type { Alone } from './alone.ts'
import { answering } from './answering.ts'
import { apolloFor } from './apollo.ts'
import { until } from './deadline.ts'
import type { Request, SetCookie } from './request.ts'
import { type Claims, callHeader, verified } from './signature.ts'
import { completeMessage, heartbeat, nextMessage } from './sse.ts'
import type { Subgraph } from './subgraph.ts'
import { following } from './tracing.ts'

/** A signed call is a document and its variables: larger than this, it is none. */
const mostBytes = 4 * 1024 * 1024

const asked = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).optional(),
  operationName: z.string().optional(),
})

type Body = z.output<typeof asked>

interface Exchange {
  readonly claims: Claims
  readonly body: Body
  readonly response: ServerResponse
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void

/**
 * Answers signed calls over HTTP; anything else gets 401 and nothing more. Streams break off when
 * `over` says so: whoever follows comes again, and finds who took over.
 */
export async function handlerOf(
  subgraph: Subgraph,
  standing: Alone,
  over?: AbortSignal,
): Promise<Handler> {
  const reply = await replying(subgraph, standing)
  const { kindOf, follow } = answering({ ...subgraph, log: standing.log })
  // With the memory that replicas share away, a query may be played again, and a mutation may not.
  const mayRepeat = ({ query, operationName }: Body) => kindOf(query, operationName) !== 'mutation'

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await bodyOf(request)
    const claims = text === null ? null : await claimsOf(request, text, subgraph.name)
    if (!claims || text === null) {
      response.writeHead(401).end()
      return
    }
    const body = asked.parse(JSON.parse(text))
    const exchange = { claims, body, response }
    const isStream = kindOf(body.query, body.operationName) === 'subscription'
    await following(claims.traceparent, () =>
      isStream ? stream(exchange, follow, over) : reply(exchange),
    )
  }

  async function claimsOf(request: IncomingMessage, body: string, audience: string) {
    const header = request.method === 'POST' ? String(request.headers[callHeader] ?? '') : ''
    const claims = verified(header, { audience, keyOf: audience, body }, standing.keys)
    if (!claims) return null
    const ttlMs = claims.exp * 1000 + 5000 - Date.now()
    const seen = await standing.once.seen(`call ${claims.nonce}`, ttlMs)
    const isNew = seen === 'unavailable' ? mayRepeat(asked.parse(JSON.parse(body))) : !seen
    return isNew ? claims : null
  }

  return (request, response) => {
    standing.telemetry.served(response)
    answer(request, response).catch((fault: unknown) => {
      standing.log.error('a call failed', fault)
      if (!response.headersSent) response.writeHead(503)
      response.end()
    })
  }
}

async function replying(subgraph: Subgraph, { log }: Alone) {
  const server = await apolloFor(subgraph, log)
  return async ({ claims, body, response }: Exchange): Promise<void> => {
    const setCookies: SetCookie[] = []
    const request: Request = {
      identity: claims.identity,
      cookies: claims.cookies ?? {},
      address: claims.address,
      signal: goneSignal(response),
      setCookie: (cookie) => setCookies.push(cookie),
    }
    const context = { ...subgraph.context(request), setCookies } as never
    const { status, text } = await until(claims.deadlineMs, () => server(body, context))
    const length = Buffer.byteLength(text)
    // With its length it goes out in one piece.
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': length })
    response.end(text)
  }
}

async function stream(
  { claims, body, response }: Exchange,
  follow: ReturnType<typeof answering>['follow'],
  over?: AbortSignal,
): Promise<void> {
  const signal = AbortSignal.any([goneSignal(response), ...(over ? [over] : [])])
  // Set, and not only written: whoever times answers leaves streams out.
  response.setHeader('content-type', 'text/event-stream')
  response.writeHead(200, { 'cache-control': 'no-store' })
  response.flushHeaders()
  const beat = setInterval(() => response.write(heartbeat), 10_000)
  const { identity } = claims
  const { query: document, variables, operationName } = body
  try {
    for await (const json of follow({ document, variables, operationName, identity, signal })) {
      // Who reads slowly is waited for, and its source drops what it cannot hold.
      if (!response.write(nextMessage(json))) await once(response, 'drain', { signal })
    }
    response.end(over?.aborted ? undefined : completeMessage)
  } finally {
    clearInterval(beat)
  }
}

/** Aborted when whoever asked has gone. */
function goneSignal(response: ServerResponse): AbortSignal {
  const gone = new AbortController()
  // What was answered has nobody to be told.
  response.on('close', () => response.writableFinished || gone.abort())
  return gone.signal
}

/** The whole body, or null when it is too large to be a call. */
function bodyOf(request: IncomingMessage): Promise<string | null> {
  const { promise, resolve, reject } = Promise.withResolvers<string | null>()
  const chunks: Buffer[] = []
  let bytes = 0
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    chunks.push(chunk)
    if (bytes <= mostBytes) return
    resolve(null)
    request.destroy()
  })
  request.on('end', () => resolve(Buffer.concat(chunks).toString()))
  request.on('error', reject)
  return promise
}
