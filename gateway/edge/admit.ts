import type { IncomingMessage, ServerResponse } from 'node:http'
import { Refusal } from '../answer/refusal.ts'
import { isFromHere } from './origin.ts'

export interface Admitting {
  /** Of other hosts, whose pages may ask, with the shopper's cookies. */
  readonly origins: readonly string[]
  /** The names this server goes by; any, when there is none. */
  readonly hosts: readonly string[]
}

const mayAsk =
  'apollo-require-preflight, authorization, content-type, x-api-key, x-shop-client, x-shop-session'
const mayRead = 'retry-after, x-budget-left, x-operation-cost, x-shop-session'

/**
 * Refuses what nobody meant to send here: for another host, or made by a page of somebody else with
 * the shopper's cookies. True when it was a browser's question whether it may ask, and is answered.
 */
export function admit(
  request: IncomingMessage,
  response: ServerResponse,
  { origins, hosts }: Admitting,
): boolean {
  const { method, headers } = request
  if (!isHost(headers.host, hosts)) {
    throw Refusal.of('HOST_NOT_ALLOWED', 'This is not the host that was asked.', { status: 421 })
  }
  const { origin } = headers
  if (origin !== undefined && origins.includes(origin)) {
    response.setHeader('access-control-allow-origin', origin)
    response.setHeader('access-control-allow-credentials', 'true')
    response.setHeader('access-control-expose-headers', mayRead)
    response.setHeader('vary', 'origin')
    if (method === 'OPTIONS') return allow(response)
  }
  if (method === 'GET') throwIfForged(request, origins)
  return false
}

export function isHost(given: string | undefined, hosts: readonly string[]): boolean {
  if (hosts.length === 0) return true
  return hosts.includes((given ?? '').replace(/:\d+$/, '').toLowerCase())
}

function allow(response: ServerResponse): true {
  response.setHeader('access-control-allow-methods', 'GET, POST')
  response.setHeader('access-control-allow-headers', mayAsk)
  response.setHeader('access-control-max-age', '600')
  response.writeHead(204).end()
  return true
}

/** What no page can make a browser send elsewhere without asking first. */
const askedFirst = ['apollo-require-preflight', 'x-apollo-operation-name', 'x-shop-client']

export const saysWhereFrom = ({ headers }: IncomingMessage): boolean =>
  askedFirst.some((name) => name in headers)

/** A GET comes from any page with the shopper's cookies, by an image's address even. */
function throwIfForged(request: IncomingMessage, origins: readonly string[]): void {
  const { headers } = request
  const type = headers['content-type']
  if (type !== undefined && !/^application\/json\s*(;|$)/i.test(type)) {
    throw Refusal.of('UNSUPPORTED_MEDIA_TYPE', 'A GET has no body of any type.', { status: 415 })
  }
  const isOurs = ['same-origin', 'none'].includes(String(headers['sec-fetch-site']))
  const isAsked = type !== undefined || saysWhereFrom(request)
  const hasOrigin = headers.origin !== undefined && isFromHere(request, origins)
  if (headers.cookie === undefined || isOurs || isAsked || hasOrigin) return
  throw Refusal.of('FORGED', `Say where this is from: send ${askedFirst.at(-1)}.`, { status: 403 })
}
