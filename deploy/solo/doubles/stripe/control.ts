import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { z } from 'zod'
import type { Asked } from './asked.ts'
import { settleRefund } from './refunds.ts'
import type { Misfortune } from './script.ts'
import type { Post } from './sending.ts'
import type { Store } from './store.ts'

interface Controlled {
  readonly store: Store
  readonly post: Post
  readonly misfortune: Misfortune
  asking(id: string): Asked
}

const share = z.number().min(0).max(1).default(0)

const script = z.object({
  seed: z.int().default(1),
  lose: share,
  storedError: share,
  error: share,
  mostDelayMs: z.number().min(0).default(0),
  dropWebhook: share,
  repeatWebhook: share,
  mostWebhookDelayMs: z.number().min(0).default(0),
  planned: z
    .array(
      z.object({
        on: z.string(),
        trouble: z.enum(['lose', 'stored-error', 'error', 'limit', 'conflict', 'delay', 'hang']),
        ms: z.number().default(0),
        times: z.int().default(1),
      }),
    )
    .default([]),
})

/** What a test or a checker asks of the double itself: nothing of this is Stripe's. */
export async function control(
  request: IncomingMessage,
  response: ServerResponse,
  controlled: Controlled,
): Promise<void> {
  const asked = `${request.method} ${request.url?.split('?')[0]}`
  const deed = deeds[asked]
  const said = deed?.(controlled, bodyOf(await text(request)))
  response.writeHead(deed ? 200 : 404, { 'content-type': 'application/json' })
  response.end(JSON.stringify(said ?? {}))
}

const bodyOf = (given: string): unknown => (given === '' ? {} : JSON.parse(given))

type Control = (controlled: Controlled, body: unknown) => object | undefined

const deeds: Readonly<Record<string, Control>> = {
  /** All that moved money, for whoever reconciles. */
  'GET /_double/state': ({ store }) => ({
    intents: store.all('payment_intent'),
    captures: store.all('charge', ({ captured }) => captured),
    charges: store.all('charge'),
    refunds: store.all('refund'),
    methods: store.all('payment_method'),
  }),
  'GET /_double/events': ({ store }) => store.all('event'),
  'PUT /_double/script': ({ misfortune }, body) => {
    misfortune.follow(script.parse(body))
    return {}
  },
  /** From now on events are kept and not sent, until they are sent by name. */
  'POST /_double/webhooks/hold': ({ post }) => {
    post.isHeld = true
    return {}
  },
  'POST /_double/webhooks/release': ({ post }) => {
    post.isHeld = false
    return {}
  },
  /** In this order, each as often as it is named. */
  'POST /_double/webhooks/send': ({ store, post }, body) => {
    const { events } = z.object({ events: z.array(z.string()) }).parse(body)
    for (const id of events) {
      const event = store.get('event', id)
      if (event) post.send(event)
    }
    return {}
  },
  'POST /_double/refunds/settle': ({ asking }, body) =>
    settleRefund(asking(z.object({ id: z.string() }).parse(body).id)),
}
