import { Worker } from 'node:worker_threads'
import { checkedNumbers } from './checked.ts'
import { dampedSmoothing } from './smoothing.ts'

export interface Order {
  readonly p: number
  readonly d: number
  readonly q: number
  readonly P: number
  readonly D: number
  readonly Q: number
  readonly s: number
}

export interface SarimaAsk {
  readonly id: number
  readonly values: number[]
  readonly horizon: number
  readonly order: Order
}

export interface SarimaAnswer {
  readonly ahead: number[]
  /** The damped trend answered: the library was late, or said what is no number or absurd. */
  readonly degraded: boolean
}

const plain: Order = { p: 1, d: 1, q: 1, P: 0, D: 0, Q: 0, s: 0 }

/** The airline model of Box and Jenkins (1970) with an autoregression, where seasons are there. */
export const orderFor = (length: number, period: number): Order =>
  period > 1 && length > 3 * period ? { ...plain, P: 0, D: 1, Q: 1, s: period } : plain

/**
 * Seasonal ARIMA of a fixed order, by `arima` in a thread of its own: its search for an order does
 * not end on some series, so no order is searched, and a fit that is late is ended with its thread.
 */
export class Sarima {
  readonly #limitMs: number
  #worker: Worker | undefined
  #asked = 0

  constructor({ limitMs = 1000 } = {}) {
    this.#limitMs = limitMs
  }

  /** One question after the other; do not ask two at once. */
  async forecast(
    values: readonly number[],
    horizon: number,
    period: number,
  ): Promise<SarimaAnswer> {
    const answered = await this.#ask({
      id: ++this.#asked,
      values: [...checkedNumbers(values)],
      horizon,
      order: orderFor(values.length, period),
    })
    const most = 10 * Math.max(...values.map(Math.abs))
    const sane = answered.length === horizon && answered.every((value) => Math.abs(value) <= most)
    if (sane) return { ahead: answered, degraded: false }
    return { ahead: dampedSmoothing(values, horizon).ahead, degraded: true }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#worker?.terminate()
    this.#worker = undefined
  }

  async #ask(ask: SarimaAsk): Promise<number[]> {
    const worker = this.#running()
    const { promise, resolve } = Promise.withResolvers<number[] | 'late'>()
    const hear = (said: { id: number; ahead: number[] }) =>
      said.id === ask.id && resolve(said.ahead)
    const broken = () => resolve('late')
    const timer = setTimeout(broken, this.#limitMs)
    worker.on('message', hear).once('error', broken).postMessage(ask)
    const said = await promise
    clearTimeout(timer)
    worker.off('message', hear).off('error', broken)
    if (said !== 'late') return said
    await this[Symbol.asyncDispose]()
    return []
  }

  #running(): Worker {
    if (this.#worker) return this.#worker
    // What the library prints of itself is nobody's log: it is read and let go.
    const worker = new Worker(new URL('./sarima-worker.ts', import.meta.url), {
      stdout: true,
      stderr: true,
    })
    worker.stdout.resume()
    worker.stderr.resume()
    worker.unref()
    this.#worker = worker
    return worker
  }
}
