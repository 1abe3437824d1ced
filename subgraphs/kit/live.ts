/** A hint that something is so: whoever hears it reads the truth again. */
export interface Heard {
  readonly kind: 'event'
  readonly payload: unknown
}

/** Something may have gone unheard: the subscriber was too slow, or the connection was lost. */
export interface Lagged {
  readonly kind: 'lagged'
}

export interface Subscription extends AsyncIterableIterator<Heard | Lagged> {
  /** Fulfilled once everything published from now on is heard; read the truth after it. */
  readonly stands: Promise<void>
}

/** Events between processes, at most once, in the order of their publisher. Payloads are JSON. */
export interface Live extends AsyncDisposable {
  /** Never throws for a hint that could not be given. */
  publish(topic: string, payload: unknown): Promise<void>
  /** Ends when the signal does, or when live events are closed. */
  subscribe(topic: string, signal: AbortSignal): Subscription
}

/** Within one process. */
export function localLive(): Live {
  const topics = new Topics()
  return {
    publish: async (topic, payload) => topics.deliver(topic, JSON.stringify(payload)),
    subscribe(topic, signal) {
      const mailbox = topics.join(topic, signal)
      mailbox.stand()
      return mailbox
    },
    [Symbol.asyncDispose]: async () => topics.end(),
  }
}

/** A slow browser must not fill the process: beyond this its oldest hints are dropped. */
const mostWaiting = 100

/** One subscriber's events that it has not yet taken. */
export class Mailbox implements Subscription {
  readonly #waiting: (Heard | Lagged)[] = []
  readonly #standing = Promise.withResolvers<void>()
  readonly stands = this.#standing.promise
  readonly #leave: () => void
  #takers: ((next: IteratorResult<Heard | Lagged>) => void)[] = []
  #hasStood = false
  #isOver = false

  constructor(leave: () => void) {
    this.#leave = leave
  }

  /** Called each time the way from the publishers is open; again means that it was closed. */
  stand(): void {
    if (this.#hasStood) this.#lag()
    this.#hasStood = true
    this.#standing.resolve()
  }

  put(event: Heard | Lagged): void {
    const taker = this.#takers.shift()
    if (taker) {
      taker({ value: event, done: false })
      return
    }
    this.#waiting.push(event)
    if (this.#waiting.length > mostWaiting) {
      this.#waiting.splice(0, this.#waiting.length - mostWaiting + 1)
      this.#lag()
    }
  }

  next(): Promise<IteratorResult<Heard | Lagged>> {
    const event = this.#waiting.shift()
    if (event) return Promise.resolve({ value: event, done: false })
    if (this.#isOver) return Promise.resolve({ value: undefined, done: true })
    return new Promise((taker) => this.#takers.push(taker))
  }

  async return(): Promise<IteratorResult<Heard | Lagged>> {
    this.end()
    this.#waiting.length = 0
    return { value: undefined, done: true }
  }

  end(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#leave()
    this.#standing.resolve()
    for (const taker of this.#takers.splice(0)) taker({ value: undefined, done: true })
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return()
  }

  /** The marker stands before what is left, once however often it happened. */
  #lag(): void {
    if (this.#waiting[0]?.kind === 'lagged') return
    const taker = this.#takers.shift()
    if (taker) taker({ value: { kind: 'lagged' }, done: false })
    else this.#waiting.unshift({ kind: 'lagged' })
  }
}

/** Who in this process listens to what. */
export class Topics {
  readonly #mailboxes = new Map<string, Set<Mailbox>>()

  get names(): string[] {
    return [...this.#mailboxes.keys()]
  }

  /** `left` is called when the topic's last subscriber is gone. */
  join(topic: string, signal: AbortSignal, left: () => void = () => {}): Mailbox {
    const there = this.#mailboxes.get(topic) ?? new Set()
    this.#mailboxes.set(topic, there)
    const end = () => mailbox.end()
    const mailbox = new Mailbox(() => {
      signal.removeEventListener('abort', end)
      there.delete(mailbox)
      if (there.size > 0 || this.#mailboxes.get(topic) !== there) return
      this.#mailboxes.delete(topic)
      left()
    })
    there.add(mailbox)
    if (signal.aborted) end()
    else signal.addEventListener('abort', end, { once: true })
    return mailbox
  }

  /** Parsed anew for each, so that no subscriber changes what another reads. */
  deliver(topic: string, json: string): void {
    for (const mailbox of this.#mailboxes.get(topic) ?? []) {
      mailbox.put({ kind: 'event', payload: JSON.parse(json) })
    }
  }

  stand(names: readonly string[]): void {
    for (const name of names) {
      for (const mailbox of this.#mailboxes.get(name) ?? []) mailbox.stand()
    }
  }

  end(): void {
    for (const mailbox of [...this.#mailboxes.values()].flatMap((each) => [...each])) mailbox.end()
  }
}
