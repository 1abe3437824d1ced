interface Expiring {
  /** In milliseconds of the epoch. */
  readonly until: number
  expire(): void
}

const everyMs = 500

/** Ends what may not go on, once its time has come: one timer for all of them. */
export class Expiry {
  readonly #all = new Set<Expiring>()
  #timer: NodeJS.Timeout | undefined

  add(one: Expiring): void {
    this.#all.add(one)
    this.#timer ??= setInterval(() => this.#look(), everyMs).unref()
  }

  delete(one: Expiring): void {
    this.#all.delete(one)
    if (this.#all.size > 0) return
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  #look(): void {
    const now = Date.now()
    for (const one of this.#all) if (one.until <= now) one.expire()
  }
}
