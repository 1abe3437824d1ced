import { ByteLru } from './byte-lru.ts'

/**
 * Texts of operations by their hash. What was asked for again is kept apart from what was only ever
 * registered, so that a flood of registrations drives out other registrations and nothing in use.
 */
export class Remembered {
  readonly #fresh: ByteLru<string>
  readonly #used: ByteLru<string>

  constructor(mostBytes: number) {
    this.#fresh = new ByteLru(mostBytes / 4)
    this.#used = new ByteLru((mostBytes * 3) / 4)
  }

  get bytes(): number {
    return this.#fresh.bytes + this.#used.bytes
  }

  get(hash: string): string | undefined {
    const used = this.#used.get(hash)
    if (used !== undefined) return used
    const fresh = this.#fresh.get(hash)
    if (fresh === undefined) return undefined
    this.#fresh.delete(hash)
    this.#used.set(hash, fresh, bytesOf(fresh))
    return fresh
  }

  add(hash: string, text: string): void {
    if (this.#used.get(hash) === undefined) this.#fresh.set(hash, text, bytesOf(text))
  }
}

/** Of the text, its hash, and what a map takes for an entry. */
const bytesOf = (text: string) => 2 * text.length + 300
