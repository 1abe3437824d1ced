import type { BreakerSettings, BreakerState } from './settings.ts'

/** One call that was let through. It ends once. */
export interface Passage {
  end(failed: boolean): void
  /** It says nothing: its client went away. */
  drop(): void
}

interface Count {
  slot: number
  all: number
  failed: number
}

const slots = 10

/**
 * Lets calls through until too many of them fail or are slow, then none for a while, then one that
 * decides. A call that hangs counts as soon as it is slow: what never ends would else never count.
 */
export class Breaker {
  readonly #settings: BreakerSettings
  readonly #now: () => number
  readonly #onState: (state: BreakerState) => void
  readonly #counts = Array.from({ length: slots }, (): Count => ({ slot: -1, all: 0, failed: 0 }))
  /** In the order they began. */
  readonly #under = new Set<{ readonly began: number; isCounted: boolean; isTry: boolean }>()
  #state: BreakerState = 'closed'
  #openUntil = 0

  constructor(
    settings: BreakerSettings,
    onState: (state: BreakerState) => void,
    now = () => performance.now(),
  ) {
    this.#settings = settings
    this.#onState = onState
    this.#now = now
  }

  get state(): BreakerState {
    return this.#state
  }

  /** Null when nothing is let through. */
  enter(): Passage | null {
    const now = this.#now()
    this.#countSlow(now)
    if (this.#state === 'open' && now >= this.#openUntil) this.#become('trying')
    const isTry = this.#state === 'trying'
    if (this.#state === 'open' || (isTry && [...this.#under].some((each) => each.isTry)))
      return null
    const call = { began: now, isCounted: false, isTry }
    this.#under.add(call)
    return {
      end: (failed) => {
        if (!this.#under.delete(call)) return
        const at = this.#now()
        const isBad = failed || at - call.began > this.#settings.slowMs
        if (!call.isCounted) this.#count(at, isBad)
        if (call.isTry) this.#decide(isBad, at)
      },
      drop: () => void this.#under.delete(call),
    }
  }

  #countSlow(now: number): void {
    for (const call of this.#under) {
      if (now - call.began <= this.#settings.slowMs) return
      if (call.isCounted) continue
      call.isCounted = true
      this.#count(now, true)
      if (call.isTry) {
        call.isTry = false
        this.#decide(true, now)
      }
    }
  }

  #decide(isBad: boolean, now: number): void {
    if (this.#state !== 'trying') return
    if (isBad) this.#open(now)
    else {
      for (const count of this.#counts) Object.assign(count, { slot: -1, all: 0, failed: 0 })
      this.#become('closed')
    }
  }

  #count(now: number, isBad: boolean): void {
    const slot = Math.floor(now / (this.#settings.windowMs / slots))
    const count = this.#counts[slot % slots] as Count
    if (count.slot !== slot) Object.assign(count, { slot, all: 0, failed: 0 })
    count.all += 1
    if (!isBad) return
    count.failed += 1
    if (this.#state === 'closed' && this.#isTooMuch(slot)) this.#open(now)
  }

  #isTooMuch(slot: number): boolean {
    const recent = this.#counts.filter((count) => count.slot > slot - slots)
    const all = recent.reduce((sum, count) => sum + count.all, 0)
    const failed = recent.reduce((sum, count) => sum + count.failed, 0)
    return all >= this.#settings.least && failed >= all * this.#settings.share
  }

  #open(now: number): void {
    this.#openUntil = now + this.#settings.restMs
    this.#become('open')
  }

  #become(state: BreakerState): void {
    if (this.#state === state) return
    this.#state = state
    this.#onState(state)
  }
}
