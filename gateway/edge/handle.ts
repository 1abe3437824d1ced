import type { IncomingMessage, ServerResponse } from 'node:http'
import { Refusal } from '../answer/refusal.ts'
import { refusalOf } from '../answer/step.ts'
import { Lifetime } from '../execute/lifetime.ts'
import { type Carries, type Params, type RequestRecord, recordOf, type Step } from '../request.ts'
import { travel } from '../road.ts'
import type { Generation } from '../supergraph/generation.ts'
import { type formReader, isForm } from '../upload/form.ts'
import type { Upload } from '../upload/upload.ts'
import { formFor, takesParts } from './accepts.ts'
import { type Admitting, admit } from './admit.ts'
import { bodyOf } from './body.ts'
import type { AddressOf } from './client-address.ts'
import { paramsOfBody, paramsOfSearch } from './params.ts'
import { sendAnswer, sendRefusal } from './reply.ts'
import { asDeferred, asEvents, asParts, stream } from './streams.ts'

export interface HandlerSettings {
  readonly admitting: Admitting
  readonly addressOf: AddressOf
  readonly steps: readonly Step[]
  readonly mostBodyBytes: number
  /** Of a stream, by a client that reads slowly. */
  readonly mostUnreadBytes: number
  readonly requestMs: number
  /** Reads forms with files; without it there are none. */
  readonly readForm?: ReturnType<typeof formReader> | undefined
  /** Opens what is answered more than once. */
  readonly opens: Carries['events']
  /** The supergraph that requests begin on now; what it gives back is called when one has ended. */
  readonly enter: () => { generation: Generation; leave: () => void }
  /** Told what was thrown that is no refusal. */
  readonly onFault: (error: unknown) => void
  /** Before an answer or a refusal leaves. */
  readonly onEnd?: (record: RequestRecord, response: ServerResponse) => void
}

/** Answers one GraphQL request over HTTP. It never rejects. */
export async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  settings: HandlerSettings,
): Promise<void> {
  let isWellFormed = false
  try {
    if (admit(request, response, settings.admitting)) return
    const asked = await askedIn(request, settings)
    isWellFormed = true
    await answer(asked, { request, response, settings })
  } catch (error) {
    const refusal = refusalOf(error)
    if (refusal !== error && !response.destroyed) settings.onFault(error)
    sendRefusal(request, response, { refusal, isWellFormed })
  }
}

interface Asked {
  readonly params: Params
  readonly upload?: Upload
}

async function askedIn(request: IncomingMessage, settings: HandlerSettings): Promise<Asked> {
  const { mostBodyBytes, readForm } = settings
  if (request.method === 'POST') {
    if (readForm && isForm(request)) return readForm(request, mostBodyBytes)
    return { params: paramsOfBody(await bodyOf(request, mostBodyBytes)) }
  }
  if (request.method === 'GET') {
    return { params: paramsOfSearch(new URLSearchParams(request.url?.split('?', 2)[1] ?? '')) }
  }
  throw Refusal.of('METHOD_NOT_ALLOWED', 'GraphQL is asked by POST or GET.', {
    status: 405,
    headers: { allow: 'GET, POST' },
  })
}

interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly settings: HandlerSettings
}

async function answer({ params, upload }: Asked, exchange: Exchange): Promise<void> {
  const { request, response, settings } = exchange
  const { generation, leave } = settings.enter()
  const lifetime = new Lifetime(settings.requestMs)
  const clock = setTimeout(() => lifetime.end('late'), settings.requestMs)
  const record = recordOf({
    params,
    upload,
    headers: request.headers,
    address: settings.addressOf(request),
    readOnly: request.method === 'GET',
    carries: {
      cookies: true,
      events: formFor(request) === 'one' ? null : settings.opens,
      parts: takesParts(request),
    },
    lifetime,
    generation,
  })
  const watch = watchHangUp(response, record)
  try {
    await travel(record, settings.steps).finally(() => settings.onEnd?.(record, response))
    send(record, exchange)
    await record.events?.over
  } finally {
    clearTimeout(clock)
    watch.record = null
    leave()
    upload?.end().catch(settings.onFault)
  }
}

function send({ events, answer: text }: RequestRecord, { request, response, settings }: Exchange) {
  if (!events) return sendAnswer(request, response, text ?? '{"data":null}')
  const { mostUnreadBytes } = settings
  const inParts = events.kind === 'parts' ? asDeferred : asParts
  const writing = formFor(request) === 'event-stream' ? asEvents : inParts
  if (!response.destroyed) stream(response, events, { writing, mostUnreadBytes })
}

/**
 * Ends the request when its client goes away. What node keeps of a response is not to keep the
 * request's data with it, or all of it grows old before it is collected: so it is let go by the caller.
 */
function watchHangUp(response: ServerResponse, record: RequestRecord) {
  const watch: { record: RequestRecord | null } = { record }
  response.once('close', () => {
    // A write that has begun is not left half done.
    const isWrite = watch.record?.document?.operation.operation === 'mutation'
    if (!response.writableFinished && !isWrite) watch.record?.lifetime.end('abandoned')
  })
  return watch
}
