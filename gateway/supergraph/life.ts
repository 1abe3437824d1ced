import { type Generation, type GenerationSettings, openGeneration } from './generation.ts'

interface Held {
  readonly generation: Generation
  requests: number
  isOld: boolean
}

/** The supergraph in use, and those before it for as long as a request is still on them. */
export class Life {
  readonly #settings: GenerationSettings
  readonly #closing = new Set<Promise<void>>()
  #current: Held

  private constructor(first: Generation, settings: GenerationSettings) {
    this.#current = { generation: first, requests: 0, isOld: false }
    this.#settings = settings
  }

  static async begin(sdl: string, settings: GenerationSettings): Promise<Life> {
    return new Life(await openGeneration(sdl, settings), settings)
  }

  get generation(): Generation {
    return this.#current.generation
  }

  /** A request begins: the supergraph it begins on stays open until it leaves. */
  enter(): { generation: Generation; leave: () => void } {
    const held = this.#current
    held.requests++
    return {
      generation: held.generation,
      leave: () => {
        held.requests--
        this.#closeIfDone(held)
      },
    }
  }

  /** Switches to another supergraph at once, when it can be served; rejects and changes nothing when not. */
  async replace(sdl: string): Promise<void> {
    const next = await openGeneration(sdl, this.#settings)
    const old = this.#current
    this.#current = { generation: next, requests: 0, isOld: false }
    old.isOld = true
    this.#closeIfDone(old)
  }

  async close(): Promise<void> {
    this.#current.isOld = true
    this.#closeIfDone({ ...this.#current, requests: 0 })
    await Promise.all(this.#closing)
  }

  #closeIfDone(held: Held): void {
    if (!held.isOld || held.requests > 0) return
    const closing = held.generation.close()
    this.#closing.add(closing)
    const forget = () => this.#closing.delete(closing)
    closing.then(forget, forget)
  }
}
