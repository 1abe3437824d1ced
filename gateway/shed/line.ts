/** Who waits for a place, until it is theirs or their time is over. */
export interface Waiter {
  readonly since: number
  readonly enter: () => void
}

/** Those of one class, the first who came first. Everybody may leave from the middle. */
export class Line {
  readonly #waiting = new Set<Waiter>()
  #emptyAt: number

  constructor(now: number) {
    this.#emptyAt = now
  }

  get isEmpty(): boolean {
    return this.#waiting.size === 0
  }

  get size(): number {
    return this.#waiting.size
  }

  /** How long whoever is next has waited: a newcomer will wait about as long. */
  waitedAt(now: number): number {
    const [first] = this.#waiting
    return first ? now - first.since : 0
  }

  /** For how long somebody has always waited. */
  standingAt(now: number): number {
    return this.isEmpty ? 0 : now - this.#emptyAt
  }

  join(waiter: Waiter): void {
    if (this.isEmpty) this.#emptyAt = waiter.since
    this.#waiting.add(waiter)
  }

  leave(waiter: Waiter): void {
    this.#waiting.delete(waiter)
  }

  next(): Waiter | undefined {
    const [first] = this.#waiting
    if (first) this.#waiting.delete(first)
    return first
  }
}
