import { Refusal } from '../answer/refusal.ts'
import { Lifetime } from '../execute/lifetime.ts'
import { type Arrival, type RequestRecord, recordOf, type Step } from '../request.ts'
import { travel } from '../road.ts'
import type { Life } from '../supergraph/life.ts'
import { Channel, type ChannelNeeds } from './channel.ts'
import { closing, expired } from './endings.ts'
import type { Events, Sink } from './events.ts'
import { Expiry } from './expiry.ts'
import { Upstreams } from './upstreams.ts'

export interface ChannelsSettings {
  readonly requestMs: number
  /** Of all clients together. */
  readonly mostStreams: number
  /** Events that wait for their answer, of one subscription. */
  readonly mostWaiting: number
}

interface Needs extends Pick<ChannelNeeds, 'onFault'> {
  readonly life: Life
  /** The road on which one is admitted, and admitted again. */
  readonly steps: readonly Step[]
}

/** All subscriptions that are open here. Equal ones of the same who asks are one. */
export class Channels {
  readonly #settings: ChannelsSettings
  readonly #channels = new Map<string, Channel>()
  readonly #upstreams = new Upstreams()
  readonly #expiry = new Expiry()
  readonly #needs: Needs
  #streams = 0
  #isClosed = false

  constructor(settings: ChannelsSettings, needs: Needs) {
    this.#settings = settings
    this.#needs = needs
  }

  get counts() {
    const { size: channels } = this.#channels
    return { streams: this.#streams, channels, upstreams: this.#upstreams.size }
  }

  /** Throws a `Refusal` when there are too many, or when this server closes: nobody would end it. */
  events(request: RequestRecord): Events {
    if (this.#isClosed) throw closing()
    if (this.#streams >= this.#settings.mostStreams) {
      throw Refusal.of('OVERLOADED', 'Too many subscriptions are open.', { status: 503 })
    }
    return { kind: 'answers', listen: (sink) => this.#listen(request, sink) }
  }

  /** Onto the supergraph that is served now. */
  async move(): Promise<void> {
    const { life } = this.#needs
    await Promise.all([...this.#channels.values()].map((each) => each.move(life.generation)))
  }

  close(): void {
    this.#isClosed = true
    for (const channel of [...this.#channels.values()]) channel.end(closing())
  }

  #listen(request: RequestRecord, given: Sink): () => void {
    const channel = this.#channelFor(request)
    const { until } = request
    let isOpen = true
    const leave = () => {
      if (!isOpen) return
      isOpen = false
      this.#streams--
      if (expiring) this.#expiry.delete(expiring)
      channel.leave(sink)
    }
    const sink: Sink = {
      next: (answer) => given.next(answer),
      end(why) {
        leave()
        given.end(why)
      },
    }
    const expiring = until === undefined ? null : { until, expire: () => sink.end(expired()) }
    if (expiring) this.#expiry.add(expiring)
    this.#streams++
    channel.sinks.add(sink)
    return leave
  }

  #channelFor(request: RequestRecord): Channel {
    const key = keyOf(request)
    const known = this.#channels.get(key)
    if (known) return known
    const forget = () => {
      if (this.#channels.get(key) === channel) this.#channels.delete(key)
    }
    const channel = new Channel(lasting(request), this.#channelNeeds(), forget)
    this.#channels.set(key, channel)
    // It may have been admitted by a supergraph that is not the one any more.
    void channel.move(this.#needs.life.generation)
    return channel
  }

  #channelNeeds(): ChannelNeeds {
    const { life, onFault, steps } = this.#needs
    const { requestMs, mostWaiting } = this.#settings
    return {
      upstreams: this.#upstreams,
      requestMs,
      mostWaiting,
      onFault,
      hold: (generation) => life.hold(generation),
      async again(request, generation) {
        const lifetime = new Lifetime(requestMs)
        const { cookies } = request
        const record = recordOf({ ...arrivalOf(request), lifetime, generation, isAgain: true })
        if (cookies) record.cookies = cookies
        await travel(record, steps)
        return lasting(record)
      },
    }
  }
}

/** What is kept of a request for as long as its subscription lasts. */
function lasting(request: RequestRecord): RequestRecord {
  const { document, compiled, variables, faults, cookies } = request
  const guest = cookies?.guest
  return {
    ...recordOf(arrivalOf(request)),
    variables,
    faults,
    ...(document && { document }),
    ...(compiled && { compiled }),
    ...(guest && { cookies: { guest } }),
  }
}

function arrivalOf(request: RequestRecord): Arrival {
  const { params, readOnly, carries, lifetime, generation, identity } = request
  const arrival = { params, readOnly, carries, lifetime, generation, headers: {}, address: '' }
  return identity ? { ...arrival, identity } : arrival
}

const keyOf = ({ document, params, identity, cookies, faults }: RequestRecord): string =>
  JSON.stringify([document?.key, params.variables, identity, cookies?.guest, faults])
