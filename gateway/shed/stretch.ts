/** What an operation usually takes, when there is room for it. */
export interface Usual {
  ms: number
}

/** Fewer say nothing of how it is. */
const leastEnded = 5
const weight = 0.1

/** How much longer than usual things take, whatever they are: each is compared with itself. */
export class Stretch {
  #ratios: number[] = []

  /** Only what ran while there was room tells what is usual. */
  note(usual: Usual, tookMs: number, hadRoom: boolean): void {
    if (usual.ms > 0) this.#ratios.push(tookMs / usual.ms)
    if (usual.ms === 0) usual.ms = tookMs
    else if (hadRoom) usual.ms += weight * (tookMs - usual.ms)
  }

  /** The middle one of those that ended since it was last asked. */
  take(): number {
    const ratios = this.#ratios
    this.#ratios = []
    if (ratios.length < leastEnded) return 0
    return ratios.toSorted((a, b) => a - b)[Math.floor(ratios.length / 2)] ?? 0
  }
}
