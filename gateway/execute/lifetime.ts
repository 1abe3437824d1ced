type End = (reason: Ended) => void

/** A client hung up, or the request's time is over. */
export class Ended extends Error {
  readonly why: 'abandoned' | 'late'

  constructor(why: 'abandoned' | 'late') {
    super(why === 'late' ? 'The request took too long.' : 'The client went away.')
    this.why = why
  }
}

/**
 * How long a request may go on, and who is told when it ends early. Lighter than an AbortSignal,
 * of which one is made only for those that ask.
 */
export class Lifetime {
  /** By `performance.now()`. */
  readonly deadline: number
  ended: Ended | null = null
  readonly #ends = new Set<End>()
  #controller: AbortController | null = null

  constructor(forMs: number) {
    this.deadline = performance.now() + forMs
  }

  get remainingMs(): number {
    return this.deadline - performance.now()
  }

  get signal(): AbortSignal {
    this.#controller ??= new AbortController()
    if (this.ended) this.#controller.abort(this.ended)
    return this.#controller.signal
  }

  onEnd(end: End): void {
    if (this.ended) end(this.ended)
    else this.#ends.add(end)
  }

  offEnd(end: End): void {
    this.#ends.delete(end)
  }

  end(why: 'abandoned' | 'late'): void {
    if (this.ended) return
    this.ended = new Ended(why)
    for (const end of this.#ends) end(this.ended)
    this.#ends.clear()
    this.#controller?.abort(this.ended)
  }
}
