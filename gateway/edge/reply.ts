import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Refusal } from '../answer/refusal.ts'
import { refusalAnswer } from '../answer/step.ts'
import { takesOnlyEvents } from './accepts.ts'
import { sendAsEvent } from './streams.ts'

const json = 'application/json; charset=utf-8'
const graphqlJson = 'application/graphql-response+json; charset=utf-8'

const takesGraphql = ({ headers }: IncomingMessage) =>
  headers.accept?.includes('application/graphql-response+json') ?? false

interface Reply {
  readonly status: number
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
}

function send(request: IncomingMessage, response: ServerResponse, reply: Reply): void {
  if (response.destroyed || response.headersSent) return
  const bytes = Buffer.from(reply.body)
  response.writeHead(reply.status, {
    'content-type': takesGraphql(request) ? graphqlJson : json,
    'content-length': bytes.length,
    'x-content-type-options': 'nosniff',
    ...reply.headers,
  })
  response.end(bytes)
}

/** A GET that may be kept has a name for what was answered: who has it already is told only so. */
export function sendAnswer(request: IncomingMessage, response: ServerResponse, body: string): void {
  const isKept = /max-age/.test(String(response.getHeader('cache-control') ?? ''))
  if (request.method === 'GET' && isKept && !response.headersSent) {
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
    response.setHeader('etag', etag)
    if (request.headers['if-none-match'] === etag) {
      response.writeHead(304).end()
      return
    }
  }
  if (takesOnlyEvents(request)) sendAsEvent(response, body)
  else send(request, response, { status: 200, body })
}

/**
 * By the GraphQL-over-HTTP draft, a well-formed request whose document is refused is a 400 for those
 * that take `application/graphql-response+json`, and a 200 for older clients.
 */
export function sendRefusal(
  request: IncomingMessage,
  response: ServerResponse,
  { refusal, isWellFormed }: { refusal: Refusal; isWellFormed: boolean },
): void {
  const isGraphql = isWellFormed && refusal.status === 400
  if (isGraphql && takesOnlyEvents(request)) {
    sendAsEvent(response, refusalAnswer(refusal))
    return
  }
  const isForOld = isGraphql && !takesGraphql(request)
  send(request, response, {
    status: isForOld ? 200 : refusal.status,
    body: refusalAnswer(refusal),
    headers: refusal.headers,
  })
}

export function sendPlain(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body)
  response.writeHead(status, { 'content-type': json, 'content-length': Buffer.byteLength(text) })
  response.end(text)
}
