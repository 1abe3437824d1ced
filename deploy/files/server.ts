import type { RequestListener, ServerResponse } from 'node:http'
import type { Clock } from '@shop/kit/clock'
import type { Files } from '@shop/kit/files'
import type { Log } from '@shop/kit/log'
import type { RememberOnce } from '@shop/kit/remember-once'
import { admitted } from './admitted.ts'
import { type Asked, askedIn } from './asked.ts'
import { give } from './give.ts'
import { Refusal } from './refusal.ts'

interface Needs {
  readonly files: Files
  /** `keys('files')`, which signs the links. */
  readonly key: Buffer
  readonly once: RememberOnce
  /** The key of a picture that is drawn when it is first asked for; undefined for no such path. */
  readonly drawn?: (path: string) => Promise<string | undefined>
  readonly clock: Clock
  readonly log: Log
}

/**
 * On every answer: whatever a browser is made to open here is nobody's page. Any page may ask, since
 * a link is all that anybody is known by, and no cookie is.
 */
const guards = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'accept-ranges, content-range, etag, retry-after',
  'content-security-policy': "sandbox; default-src 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'cross-origin',
}

/** Public files unsigned, private files and uploads by signed links; cookies neither read nor set. */
export function filesHandler(needs: Needs): RequestListener {
  return (_, response) => {
    for (const [name, value] of Object.entries(guards)) response.setHeader(name, value)
    answer(response, needs).catch((fault: unknown) => refuse(response, fault, needs.log))
  }
}

async function answer(response: ServerResponse, needs: Needs): Promise<void> {
  const path = response.req.url ?? ''
  if (response.req.method === 'OPTIONS') return allow(response)
  if (needs.drawn && path.startsWith('/drawn/')) return giveDrawn(path.slice(1), response, needs)
  const asked = askedIn(response.req)
  if (asked.method === 'PUT') return take(asked, response, needs)
  if (!asked.isPublic) await admitted(asked, needs)
  return give(asked, response, needs.files)
}

/** What a browser asks before it puts a file here that a page of another host chose. */
function allow(response: ServerResponse): void {
  response.setHeader('access-control-allow-methods', 'GET, HEAD, PUT')
  response.setHeader('access-control-allow-headers', 'content-type, if-none-match, if-range, range')
  response.setHeader('access-control-max-age', '600')
  response.writeHead(204).end()
}

async function giveDrawn(path: string, response: ServerResponse, { drawn, files }: Needs) {
  const { method = '' } = response.req
  const key = method === 'GET' || method === 'HEAD' ? await drawn?.(path) : undefined
  if (!key) throw new Refusal([404, 'NOT_FOUND', 'There is no such picture.'])
  return give({ method, key, isPublic: true, query: new URLSearchParams() }, response, files)
}

async function take(asked: Asked, response: ServerResponse, needs: Needs): Promise<void> {
  const { req: request } = response
  const grant = await admitted(asked, needs, request.headers)
  // Left open when it is not read to its end, so that the refusal still reaches the sender.
  const body = request.iterator({ destroyOnReturn: false })
  const { bytes, sha256 } = await needs.files.put(asked.key, body, grant)
  response.writeHead(201, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ key: asked.key, bytes, sha256 }))
}

function refuse(response: ServerResponse, fault: unknown, log: Log): void {
  const { req: request } = response
  const hasLeft = request.destroyed && !request.complete
  if (response.headersSent || hasLeft) {
    response.destroy()
    return
  }
  const known = refusalIn(fault)
  if (!known) log.error('a file could not be served', fault)
  const { status, code, message, headers } = known ?? ours
  for (const name of ['etag', 'accept-ranges', 'content-disposition']) response.removeHeader(name)
  response.writeHead(status, {
    ...headers,
    'content-type': 'application/json',
    'cache-control': 'no-store',
    // What was not read of the request ends with the connection.
    ...(!request.complete && { connection: 'close' }),
  })
  response.end(JSON.stringify({ code, message }))
}

const ours = new Refusal([500, 'INTERNAL', 'Something went wrong.'])

function refusalIn(fault: unknown): Refusal | undefined {
  if (fault instanceof Refusal) return fault
  const { code, message } = fault as Error & { code?: unknown }
  if (code === 'TOO_LARGE') return new Refusal([413, code, message])
  if (code === 'ALREADY_THERE') return new Refusal([409, 'LINK_USED', 'This link has been used.'])
  return undefined
}
