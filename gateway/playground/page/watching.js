import { send } from './client.js'
import { settings } from './settings.js'

/**
 * @typedef {{ kind: 'fetch', service: string, document: string, text: string, places: string[], needs: string[] }} Fetch
 * @typedef {{ kind: 'sequence' | 'parallel', nodes: Plan[] }} Several
 * @typedef {{ kind: 'condition', variable: string, yes?: Plan, no?: Plan }} Condition
 * @typedef {{ kind: 'subscription', first: Plan, rest?: Plan }} Followed
 * @typedef {Fetch | Several | Condition | Followed} Plan
 * @typedef {{ service: string, document: string, entities: number | null, startMs: number, ms: number | null, isAnswered: boolean }} SeenFetch
 * @typedef {{ ms: number, plannedMs: number, fetches: SeenFetch[] }} Trace
 * @typedef {{ requested?: number, left?: number }} Cost
 * @typedef {{
 *   name: string,
 *   isFollowed: boolean,
 *   ms: number | null,
 *   wrong: string | null,
 *   plan: Plan | null,
 *   trace: Trace | null,
 *   cost: Cost,
 * }} Seen
 * @typedef {{ query: string, operationName?: string | null, variables?: object, extensions?: object }} Asked
 */

const wanted = { cost: true, plan: true, trace: true }

/**
 * Stands between GraphiQL and the wire: everything it sends is asked as who is logged in, and
 * answered with how it was planned, what it cost, and what was fetched.
 * @param {(seen: Seen) => void} onSeen
 */
export function watchAsking(onSeen) {
  globalThis.fetch = async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input, location.href)
    const asked = url.pathname === settings.endpoint ? askedIn(url, init) : null
    if (!settings.isSeeing || !asked || /__schema/.test(asked.query)) return send(input, init)
    if (init.method !== 'GET') return watched(asked, { input, init, onSeen })
    foresee(asked).then(onSeen, () => {})
    return send(input, init)
  }
}

/**
 * @param {Asked} asked
 * @param {{ input: RequestInfo | URL, init: RequestInit, onSeen: (seen: Seen) => void }} sending
 */
async function watched(asked, { input, init, onSeen }) {
  const began = performance.now()
  const extensions = { ...asked.extensions, ...wanted }
  const body = JSON.stringify({ ...asked, extensions })
  const response = await send(input, { ...init, headers: headersFor(asked, init), body })
  const ms = performance.now() - began
  if (!isWhole(response)) {
    foresee(asked).then(onSeen, () => {})
    return response
  }
  const answer = await response.json()
  onSeen(seenIn(asked, answer, { response, ms }))
  return new Response(JSON.stringify(withoutTold(answer, asked)), response)
}

/**
 * GraphiQL reads parts as they come, but does not say which form of them it takes.
 * @param {Asked} asked
 * @param {RequestInit} init
 */
function headersFor({ query }, init) {
  const headers = new Headers(init.headers)
  if (/@defer\b/.test(query)) {
    headers.set('accept', 'multipart/mixed;deferSpec=20220824, application/json')
  }
  return headers
}

/**
 * What was asked for the panes is not shown beside the data too.
 * @param {{ extensions?: Record<string, unknown> }} answer
 * @param {Asked} asked
 */
function withoutTold({ extensions, ...answer }, asked) {
  const own = Object.entries(extensions ?? {}).filter(
    ([name]) => !(name in wanted) || name in (asked.extensions ?? {}),
  )
  return own.length === 0 ? answer : { ...answer, extensions: Object.fromEntries(own) }
}

/**
 * @param {URL} url
 * @param {RequestInit} init
 * @returns {Asked | null}
 */
function askedIn({ searchParams }, { method, body }) {
  if (method === 'GET') {
    const query = searchParams.get('query')
    const variables = JSON.parse(searchParams.get('variables') || '{}')
    return query ? { query, variables, operationName: searchParams.get('operationName') } : null
  }
  return typeof body === 'string' ? JSON.parse(body) : null
}

/** @param {Response} response */
const isWhole = (response) => /json/.test(response.headers.get('content-type') ?? '')

/** The plan of what is answered piece by piece, asked for beside it: nothing is run. @param {Asked} asked */
async function foresee(asked) {
  const response = await send(settings.endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ ...asked, extensions: { cost: true, plan: 'only' } }),
  })
  const text = await response.text()
  const [, told = text] = /^data: ?(\{.*)$/m.exec(text) ?? []
  return { ...seenIn(asked, JSON.parse(told), { response, ms: null }), isFollowed: true }
}

/**
 * @param {Asked} asked
 * @param {{ errors?: { message: string }[], extensions?: { plan?: Plan, trace?: Trace, cost?: Cost } }} answer
 * @param {{ response: Response, ms: number | null }} how
 * @returns {Seen}
 */
function seenIn({ query, operationName }, { errors, extensions = {} }, { response, ms }) {
  const [, named] = /\b(?:query|mutation|subscription)\s+(\w+)/.exec(query) ?? []
  return {
    name: operationName ?? named ?? 'Without a name',
    isFollowed: false,
    ms,
    wrong: errors?.[0]?.message ?? null,
    plan: extensions.plan ?? null,
    trace: extensions.trace ?? null,
    cost: extensions.cost ?? costIn(response),
  }
}

/** A refusal tells it in its headers alone. @param {Response} response */
function costIn({ headers }) {
  const requested = headers.get('x-operation-cost')
  const left = headers.get('x-budget-left')
  return {
    ...(requested !== null && { requested: Number(requested) }),
    ...(left !== null && { left: Number(left) }),
  }
}
