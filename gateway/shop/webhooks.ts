import type { IncomingMessage, ServerResponse } from 'node:http'
import { Refusal } from '../answer/refusal.ts'
import { bytesOf } from '../edge/body.ts'
import { sendPlain } from '../edge/reply.ts'
import type { Asks } from './asks.ts'

/** Who takes in what this provider sends. */
const receive = /* GraphQL */ `
  mutation ($input: ReceiveWebhookInput!) {
    receiveWebhook(input: $input) { __typename }
  }
`

const mostBytes = 2 ** 20
/** Providers wait for ten seconds or more, and send again what was not answered. */
const timeoutMs = 8000

/**
 * What providers send goes on as it came, to the byte, past every limit that is for clients. Answered
 * 200 once it is kept, 400 where it is not signed as it should be; at anything else it is sent again.
 */
export function webhooksTo(asks: Asks, onFault: (fault: unknown) => void) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    received(asks, request).then(
      (status) => send(response, { status, headers: {} }),
      (fault) => {
        if (!(fault instanceof Refusal)) onFault(fault)
        send(response, fault instanceof Refusal ? fault : away)
      },
    )
  }
}

type Told = Pick<Refusal, 'status' | 'headers'>

function send(response: ServerResponse, { status, headers }: Told): void {
  if (response.destroyed) return
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  sendPlain(response, status, { status: status === 200 ? 'taken' : 'refused' })
}

const away: Told = { status: 503, headers: { 'retry-after': '5' } }

async function received(asks: Asks, request: IncomingMessage): Promise<number> {
  if (request.method !== 'POST') {
    throw Refusal.of('METHOD_NOT_ALLOWED', 'Webhooks are posted.', {
      status: 405,
      headers: { allow: 'POST' },
    })
  }
  const provider = (request.url ?? '').split('?')[0]?.split('/')[2] ?? ''
  const body = await bytesOf(request, mostBytes)
  const input = { provider, bodyBase64: body.toString('base64'), headers: signaturesOf(request) }
  const { data, errors = [] } = await asks.own(receive, timeoutMs, { input })
  if (errors.length > 0) throw new Error(`A webhook was not taken: ${errors[0]?.message}`)
  return data?.receiveWebhook.__typename === 'WebhookTaken' ? 200 : 400
}

/** By which it is known who sent it; one that was sent twice is none. */
const signaturesOf = ({ headersDistinct }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headersDistinct).flatMap(([name, values]) => {
      const [value, ...more] = values ?? []
      const isSignature = name.endsWith('signature') && more.length === 0
      return isSignature && value !== undefined ? [[name, value]] : []
    }),
  )
