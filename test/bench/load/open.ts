import { setTimeout } from 'node:timers/promises'
import { Pool } from 'undici'
import { type Times, timesOf } from '../report.ts'

export interface Loaded {
  readonly perSecond: number
  readonly accepted: Times
  readonly refusedPerSecond: number
  readonly refused: Times
  /** Neither a whole answer nor a refusal. */
  readonly wrong: Readonly<Record<string, number>>
}

/** What is asked at a turn, and from where. */
export interface Question {
  readonly body: string
  readonly address: string
}

/** Strangers who read. */
export class Readers {
  readonly #pool: Pool
  readonly #path: string
  readonly #question: (turn: number) => Question
  #turn = 0

  constructor(url: string, question: (turn: number) => Question) {
    const { origin, pathname } = new URL(url)
    this.#pool = new Pool(origin, { connections: 1_024, pipelining: 1 })
    this.#path = pathname
    this.#question = question
  }

  /** So many a second for so long, whether or not those before are answered. */
  async atRate(rate: number, seconds: number): Promise<Loaded> {
    const counted = new Counted()
    const began = performance.now()
    const asking: Promise<void>[] = []
    while (performance.now() < began + seconds * 1000) {
      const due = ((performance.now() - began) / 1000) * rate
      while (asking.length < due) asking.push(this.#ask(counted))
      await setTimeout(2)
    }
    const lasted = performance.now() - began
    await Promise.all(asking)
    return counted.told(lasted)
  }

  /** From so many hands, each as soon as it was answered. */
  async byHands(hands: number, seconds: number): Promise<Loaded> {
    const counted = new Counted()
    const began = performance.now()
    const hand = async () => {
      while (performance.now() < began + seconds * 1000) await this.#ask(counted)
    }
    await Promise.all(Array.from({ length: hands }, hand))
    return counted.told(performance.now() - began)
  }

  async #ask(counted: Counted): Promise<void> {
    const { body, address } = this.#question(this.#turn++)
    const headers = { 'content-type': 'application/json', 'x-forwarded-for': address }
    const began = performance.now()
    try {
      const reply = await this.#pool.request({ path: this.#path, method: 'POST', headers, body })
      const text = await reply.body.text()
      counted.note(reply.statusCode, text, performance.now() - began)
    } catch (fault) {
      counted.note(0, String(fault), 0)
    }
  }

  async [Symbol.asyncDispose]() {
    await this.#pool.destroy()
  }
}

class Counted {
  readonly #accepted: number[] = []
  readonly #refused: number[] = []
  readonly #wrong = new Map<string, number>()

  note(status: number, text: string, tookMs: number): void {
    if (status === 503 && text.includes('"OVERLOADED"')) this.#refused.push(tookMs)
    else if (status === 200 && !text.includes('"errors"')) this.#accepted.push(tookMs)
    else {
      const what = `${status} ${/"code":"(\w+)"/.exec(text)?.[1] ?? text.slice(0, 80)}`
      this.#wrong.set(what, (this.#wrong.get(what) ?? 0) + 1)
    }
  }

  told(lastedMs: number): Loaded {
    const perSecond = (count: number) => Math.round((10_000 * count) / lastedMs) / 10
    return {
      perSecond: perSecond(this.#accepted.length),
      accepted: timesOf(this.#accepted),
      refusedPerSecond: perSecond(this.#refused.length),
      refused: timesOf(this.#refused),
      wrong: Object.fromEntries(this.#wrong),
    }
  }
}
