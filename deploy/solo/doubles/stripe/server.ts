import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { setTimeout } from 'node:timers/promises'
import type { Asked } from './asked.ts'
import { newId } from './chance.ts'
import { Fault } from './fault.ts'
import { type Form, formOf, listIn, textIn } from './form.ts'
import { expanded } from './lists.ts'
import { routes } from './routes.ts'
import type { Met, Misfortune } from './script.ts'
import type { Store } from './store.ts'

export interface Serving {
  readonly store: Store
  readonly misfortune: Misfortune
  readonly url: () => string
  readonly now: () => number
  readonly emit: Asked['emit']
}

interface Told {
  readonly status: number
  readonly body: string
  readonly isReplayed?: boolean
}

/** Stripe's HTTP: a form in, JSON out, and a key under which a POST is done once. */
export function apiOf(serving: Serving) {
  const atWork = new Set<string | symbol>()

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const arrived = await arrivedBy(request, serving)
    // Only who has a key can be at work already.
    const work = arrived.id ?? Symbol(arrived.asked)
    if (atWork.has(work)) return send(response, told(inUse(String(work))))
    atWork.add(work)
    try {
      if (arrived.met.delayMs > 0) await setTimeout(arrived.met.delayMs)
      const said = done(serving, arrived)
      if (said) send(response, said)
      else response.destroy()
    } finally {
      atWork.delete(work)
    }
  }

  return answer
}

interface Arrived {
  readonly request: IncomingMessage
  readonly asked: string
  readonly pathname: string
  readonly form: Form
  readonly body: string
  readonly id: string | null
  readonly met: Met
}

async function arrivedBy(request: IncomingMessage, { misfortune }: Serving): Promise<Arrived> {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://double')
  const asked = `${request.method} ${pathname}`
  const body = await text(request)
  const form = formOf(request.method === 'GET' ? searchParams.toString() : body)
  const key = request.method === 'POST' ? request.headers['idempotency-key'] : undefined
  const id = typeof key === 'string' ? key : null
  return { request, asked, pathname, form, body, id, met: misfortune.meet(asked) }
}

/** Null where no reply comes. */
function done(serving: Serving, arrived: Arrived): Told | null {
  const { trouble } = arrived.met
  const refusal = refusals[trouble ?? '']
  if (refusal) return told(refusal)
  if (trouble === 'hang') return null
  const said = doneOnce(serving, arrived)
  return trouble === 'lose' ? null : said
}

function doneOnce(serving: Serving, arrived: Arrived): Told {
  const { id, asked, body, met } = arrived
  const { store } = serving
  const kept = id === null ? undefined : store.get('key', id)
  if (kept && kept.asked !== `${asked} ${body}`) return told(otherwise(kept.id))
  if (kept) return { status: kept.status, body: kept.body, isReplayed: true }
  const { said, isKept } = attempted(serving, arrived)
  const shown = met.trouble === 'stored-error' ? told(broken) : said
  if (id !== null && isKept) store.put('key', { id, asked: `${asked} ${body}`, ...shown })
  return shown
}

function attempted(serving: Serving, arrived: Arrived): { said: Told; isKept: boolean } {
  try {
    return {
      said: { status: 200, body: JSON.stringify(performed(serving, arrived), null, 2) },
      isKept: true,
    }
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault
    return { said: told(fault), isKept: fault.isKept }
  }
}

function performed(serving: Serving, { request, pathname, form }: Arrived): unknown {
  const clientSecret = clientSecretOf(request, form)
  const route = routes.find(({ method, path }) => method === request.method && path.test(pathname))
  if (!route) throw notFound(`${request.method} ${pathname}`)
  if (clientSecret !== null && !route.isClients) throw notSecret
  const ids = (route.path.exec(pathname) ?? []).slice(1)
  const { store, emit, now, url } = serving
  const value = route.deed({ store, form, ids, clientSecret, emit, now: now(), url: url() })
  return expanded(store, value, listIn(form, 'expand'))
}

/** Null for who has the secret key. */
function clientSecretOf({ headers }: IncomingMessage, form: Form): string | null {
  const given = headers.authorization ?? ''
  const key = given.startsWith('Basic ')
    ? (Buffer.from(given.slice(6), 'base64').toString().split(':')[0] ?? '')
    : given.replace(/^Bearer /, '')
  if (key.startsWith('sk_test_') || key.startsWith('rk_test_')) return null
  const publishable = key || textIn(form, 'key') || ''
  if (publishable.startsWith('pk_test_')) return textIn(form, 'client_secret') ?? ''
  const message = key === '' ? 'You did not provide an API key.' : 'Invalid API Key provided.'
  throw new Fault(401, { type: 'invalid_request_error', message })
}

const broken = new Fault(500, { type: 'api_error', message: 'An unknown error occurred.' })

const refusals: Readonly<Record<string, Fault>> = {
  error: broken,
  limit: new Fault(429, {
    type: 'invalid_request_error',
    code: 'rate_limit',
    message: 'Too many requests made to the API too quickly.',
  }),
  conflict: new Fault(409, {
    type: 'invalid_request_error',
    code: 'lock_timeout',
    message: 'This object cannot be accessed right now because another request is using it.',
  }),
}

const inUse = (key: string) =>
  new Fault(409, {
    type: 'idempotency_error',
    code: 'idempotency_key_in_use',
    message: `There is currently another in-progress request using this Stripe-Idempotent-Key (${key}).`,
  })

const otherwise = (key: string) =>
  new Fault(400, {
    type: 'idempotency_error',
    message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}'.`,
  })

const notSecret = new Fault(403, {
  type: 'invalid_request_error',
  code: 'secret_key_required',
  message: 'This API call cannot be made with a publishable API key.',
})

const notFound = (asked: string) =>
  new Fault(404, {
    type: 'invalid_request_error',
    message: `Unrecognized request URL (${asked}).`,
  })

const told = ({ status, body }: Fault): Told => ({
  status,
  body: JSON.stringify({ error: body }, null, 2),
})

function send(response: ServerResponse, { status, body, isReplayed }: Told): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'request-id': newId('req'),
    ...(isReplayed && { 'idempotent-replayed': 'true' }),
  })
  response.end(body)
}
