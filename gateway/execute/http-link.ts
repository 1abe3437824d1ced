import { type Dispatcher, Pool } from 'undici'
import { follower } from './follow.ts'
import type { Ended } from './lifetime.ts'
import {
  type FaultKind,
  isAnswer,
  LinkFault,
  type SubgraphAnswer,
  type SubgraphCall,
  type SubgraphLink,
} from './link.ts'

export interface HttpSettings {
  readonly url: string
  readonly timeoutMs: number
  readonly connections: number
  /** Of one answer. */
  readonly mostBytes: number
  /** Added to each call: names and values in turn. */
  readonly headersOf?: (call: SubgraphCall) => readonly string[]
  /** A stream that is silent for as long is dead; without it, none is. */
  readonly silenceMs?: number
}

const plainHeaders = ['content-type', 'application/json', 'accept', 'application/json']

/** A subgraph over HTTP: a pool of connections, and no more between it and the socket than there must be. */
export function httpLink(settings: HttpSettings): SubgraphLink {
  const { origin, pathname, search } = new URL(settings.url)
  const { connections, headersOf } = settings
  const pool = new Pool(origin, { connections, pipelining: 1, keepAliveTimeout: 4_000 })
  const path = pathname + search
  const { mostBytes, timeoutMs, silenceMs = 0 } = settings
  const streams = follower({ origin, path, mostBytes, timeoutMs, silenceMs })
  return {
    ask: (call) =>
      new Promise((resolve, reject) => {
        const own = headersOf?.(call)
        const headers = own ? [...plainHeaders, ...own] : plainHeaders
        const exchange = new Exchange({ call, settings, resolve, reject })
        pool.dispatch({ path, method: 'POST', headers, body: call.body }, exchange)
      }),
    follow: (call, signal) => streams.follow(call, headersOf?.(call) ?? [], signal),
    close: async () => void (await Promise.all([pool.close(), streams.close()])),
  }
}

interface Asking {
  readonly call: SubgraphCall
  readonly settings: HttpSettings
  readonly resolve: (answer: SubgraphAnswer) => void
  readonly reject: (fault: LinkFault) => void
}

/** One call and its answer. It ends once: answered, failed, late, or given up by the client. */
class Exchange implements Dispatcher.DispatchHandler {
  // Let go when it is over: the client's queue keeps exchanges for a while, and they would keep the data.
  #asking: Asking | null
  readonly #timer: NodeJS.Timeout
  readonly #onEnd: (reason: Ended) => void
  #controller: Dispatcher.DispatchController | null = null
  #isSent = false
  #isJson = false
  #first: Buffer | null = null
  #more: Buffer[] | null = null
  #bytes = 0

  constructor(asking: Asking) {
    this.#asking = asking
    const { lifetime } = asking.call.request
    const { timeoutMs = asking.settings.timeoutMs } = asking.call
    const ms = Math.max(0, Math.min(timeoutMs, asking.settings.timeoutMs, lifetime.remainingMs))
    this.#timer = setTimeout(() => this.#fail('late'), ms)
    this.#onEnd = ({ why }) => this.#fail(why)
    lifetime.onEnd(this.#onEnd)
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (!this.#asking) controller.abort(new Error('over'))
    this.#isSent = true
  }

  onResponseStart(
    _: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    const type = headers['content-type']
    this.#isJson = typeof type === 'string' && /^application\/([\w.-]+\+)?json\b/i.test(type)
    if (this.#isJson) return
    // It did not even ask what was wanted: nothing of it was done.
    if (status === 401) this.#isSent = false
    this.#fail(status === 401 ? 'unreachable' : 'not-graphql')
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytes += chunk.length
    if (this.#bytes > (this.#asking?.settings.mostBytes ?? 0)) this.#fail('too-large')
    else if (this.#first === null) this.#first = chunk
    else {
      this.#more ??= [this.#first]
      this.#more.push(chunk)
    }
  }

  onResponseEnd(): void {
    if (!this.#asking) return
    const whole = this.#more ? Buffer.concat(this.#more, this.#bytes) : this.#first
    try {
      const answer = JSON.parse(whole === null ? '' : whole.toString('utf8'))
      if (!isAnswer(answer)) throw new Error('It is JSON, and no answer.')
      this.#finish()?.resolve(answer)
    } catch (error) {
      this.#fail('not-graphql', error)
    }
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.#fail('unreachable', error)
  }

  #fail(kind: FaultKind, cause?: unknown): void {
    const asking = this.#finish()
    if (!asking) return
    this.#controller?.abort(new Error(kind))
    asking.reject(new LinkFault(kind, this.#isSent, cause))
  }

  /** Once: what was asked, for whoever ends it. */
  #finish(): Asking | null {
    const asking = this.#asking
    this.#asking = null
    this.#first = null
    this.#more = null
    clearTimeout(this.#timer)
    asking?.call.request.lifetime.offEnd(this.#onEnd)
    return asking
  }
}
