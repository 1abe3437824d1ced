import { z } from 'zod'
import type { Listener, Place } from './events.ts'
import { acknowledge, type Delivery, sendAnew } from './flow.ts'
import { type Inbox, inboxOf } from './inbox.ts'
import type { Job } from './jobs.ts'
import type { Live } from './live.ts'
import type { Log } from './log.ts'
import { reach } from './points.ts'
import { type Announced, forgetDelivered, type Routes, relay } from './relay.ts'
import type { Workshop } from './workshop.ts'

/** How often a reaction is tried before its aggregate is parked. */
const tries = 5

const parcel = z.object({
  deliveries: z.array(z.custom<Delivery>()),
  from: z.string(),
  tried: z.int(),
})
const acknowledgement = z.object({ eventIds: z.array(z.string()), by: z.string() })

export interface PostSettings {
  readonly routes: Routes
  readonly log: Log
  /** Where events are hinted at as they are routed, as `event.<name>`. */
  readonly live?: Pick<Live, 'publish'>
  /** How often an outbox is looked at when nobody nudges. */
  readonly relayMs?: number
}

interface Posting {
  name: string
  listeners: readonly Listener[]
  place: Place
  shop: Workshop
  settings: PostSettings
}

interface Post {
  readonly inbox: Inbox
  /** Every day: what everybody has had is taken away. */
  readonly forgetting: Job
  nudge(): void
  open(): Promise<AsyncDisposable>
}

const eventQueue = (subgraph: string) => `${subgraph}.events`

/** How events travel: outbox, relay, the listener's queue, inbox, and an acknowledgement back. */
export function postOf({ name, listeners, place, shop, settings }: Posting): Post {
  const { log, routes, relayMs = 500 } = settings
  const inbox = inboxOf(place, listeners, log)
  const deliver = delivering(shop)
  const receive = receiving({ name, shop, deliver }, inbox)

  async function handle(kind: string, data: unknown): Promise<void> {
    if (kind === 'deliver') return receive(data)
    const { eventIds, by } = acknowledgement.parse(data)
    const isMore = await acknowledge(place, by, eventIds)
    if (isMore) beat.nudge()
  }

  async function startAnew(): Promise<void> {
    await sendAnew(place)
    beat.nudge()
  }

  const send = (to: string, all: readonly Delivery[]) =>
    deliver(to, { all, from: name, tried: 0, delayMs: 0 })
  const announce = (event: Announced) => void settings.live?.publish(`event.${event.name}`, event)
  // The database or the queue is away: what is in the outbox waits.
  const tried = (work: () => Promise<void>) => () =>
    work().catch((fault) => log.error(`the relay of ${name} has trouble`, fault))
  const beat = beatOf(
    tried(() => relay(place, { routes, announce }, send)),
    relayMs,
  )

  return {
    inbox,
    forgetting: {
      name: `${name}.forget-delivered`,
      everyMs: 86_400_000,
      run: async () => void (await forgetDelivered(place)),
    },
    nudge: beat.nudge,
    async open() {
      await using opening = new AsyncDisposableStack()
      opening.use(await shop.worker(eventQueue(name), handle))
      opening.use(shop.whenLost(tried(startAnew)))
      opening.use(beat.start())
      return opening.move()
    },
  }
}

interface Parcel {
  all: readonly Delivery[]
  from: string
  tried: number
  delayMs: number
}

const delivering =
  (shop: Workshop) =>
  (to: string, { all, from, tried, delayMs }: Parcel): Promise<void> =>
    shop.add(eventQueue(to), {
      name: 'deliver',
      payload: { deliveries: all, from, tried },
      delayMs,
    })

type Receiving = Pick<Posting, 'name' | 'shop'> & { deliver: ReturnType<typeof delivering> }

/** Takes a parcel in, acknowledges what is committed, and puts the rest off. */
function receiving({ name, shop, deliver }: Receiving, inbox: Inbox) {
  return async (data: unknown): Promise<void> => {
    const { deliveries: all, from, tried } = parcel.parse(data)
    const { done, early, failed } = await inbox.take(all, tried + 1 >= tries)
    await reach('inbox.taken')
    if (done.length > 0) {
      const eventIds = done.map(({ event }) => event.id)
      await shop.add(eventQueue(from), { name: 'acknowledge', payload: { eventIds, by: name } })
    }
    if (early.length > 0) await deliver(name, { all: early, from, tried, delayMs: 200 })
    if (failed.length > 0) {
      const delayMs = 500 * 2 ** tried
      await deliver(name, { all: failed, from, tried: tried + 1, delayMs })
    }
  }
}

/** Does its round again and again: when nudged, and `everyMs` after the last. */
function beatOf(round: () => Promise<void>, everyMs: number) {
  let wake = () => {}
  let isOver = false

  async function beat(): Promise<void> {
    while (!isOver) {
      const nudged = Promise.withResolvers<void>()
      wake = nudged.resolve
      const timer = setTimeout(nudged.resolve, everyMs)
      await round()
      await nudged.promise
      clearTimeout(timer)
    }
  }

  return {
    nudge: () => wake(),
    start(): AsyncDisposable {
      const running = beat()
      return {
        async [Symbol.asyncDispose]() {
          isOver = true
          wake()
          await running
        },
      }
    },
  }
}
