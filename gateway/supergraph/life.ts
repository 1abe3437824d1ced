import { setTimeout as sleep } from 'node:timers/promises'
import { settled } from '../plan/settled.ts'
import { type Generation, type GenerationSettings, openGeneration } from './generation.ts'

interface Held {
  readonly generation: Generation
  requests: number
  isOld: boolean
}

/** The supergraph in use, and those before it for as long as a request is still on them. */
export class Life {
  readonly #settings: GenerationSettings
  readonly #held = new Map<Generation, Held>()
  readonly #closing = new Set<Promise<void>>()
  #current: Held
  #replaced: (() => Promise<void>) | undefined

  private constructor(first: Generation, settings: GenerationSettings) {
    this.#current = this.#admit(first)
    this.#settings = settings
  }

  static async begin(sdl: string, settings: GenerationSettings): Promise<Life> {
    return new Life(await openGeneration(sdl, settings), settings)
  }

  get generation(): Generation {
    return this.#current.generation
  }

  /** Told each time, once the other supergraph is served. */
  whenReplaced(act: () => Promise<void>): void {
    this.#replaced = act
  }

  /** A request begins: the supergraph it begins on stays open until it leaves. */
  enter(): { generation: Generation; leave: () => void } {
    const { generation } = this
    return { generation, leave: this.hold(generation) }
  }

  /** Keeps a supergraph open that somebody is on already; gives back what lets it go. */
  hold(generation: Generation): () => void {
    const held = this.#held.get(generation)
    if (!held) throw new Error('That supergraph is closed.')
    held.requests++
    return () => {
      held.requests--
      this.#closeIfDone(held)
    }
  }

  /** Switches to another supergraph at once, when it can be served; rejects and changes nothing when not. */
  async replace(sdl: string): Promise<void> {
    const next = await openGeneration(sdl, this.#settings)
    await warm(next, this.generation)
    const old = this.#current
    this.#current = this.#admit(next)
    old.isOld = true
    this.#closeIfDone(old)
    await this.#replaced?.()
  }

  async close(): Promise<void> {
    this.#current.isOld = true
    this.#closeIfDone({ ...this.#current, requests: 0 })
    await Promise.all(this.#closing)
  }

  #admit(generation: Generation): Held {
    const held = { generation, requests: 0, isOld: false }
    this.#held.set(generation, held)
    return held
  }

  #closeIfDone(held: Held): void {
    if (!held.isOld || held.requests > 0) return
    this.#held.delete(held.generation)
    const closing = held.generation.close()
    this.#closing.add(closing)
    const forget = () => this.#closing.delete(closing)
    closing.then(forget, forget)
  }
}

/** Planning what was asked of the old one may take this long; what is not planned by then is when asked for. */
const warmMs = 5_000

/** So that the first requests after the switch do not wait for plans. */
async function warm(next: Generation, old: Generation): Promise<void> {
  const plans = old.operations.recent(300).map(async ({ text, operationName, switches = {} }) => {
    await next.operations.get(settled(next.documents.check(text, operationName), switches))
  })
  await Promise.race([Promise.allSettled(plans), sleep(warmMs, undefined, { ref: false })])
}
