import { type Pace, Velocity } from './velocity.ts'

/** Something that happens to keys: an address, a card, a shop's terminal. Time in days. */
export interface Happening {
  readonly at: number
  readonly keys: readonly string[]
  readonly amount?: number
}

/**
 * What is known of keys at a time: what happened, and what of it was since found to be fraud. A
 * label is known only so many days after what it is of, whenever it is told: investigations take
 * time, and a feature that knew sooner would know the future.
 */
export class Past {
  readonly #seen = new Velocity()
  readonly #labelled = new Velocity()
  readonly #defrauded = new Velocity()
  readonly #waiting: { at: number; keys: readonly string[]; fraud: boolean }[] = []
  #waited = 0
  readonly #delayDays: number
  /** Of all labels known: how many there are, and how many are fraud. */
  #known = 0
  #frauds = 0

  constructor(delayDays: number) {
    this.#delayDays = delayDays
  }

  saw({ at, keys, amount = 0 }: Happening): void {
    for (const key of keys) this.#seen.saw(key, at, amount)
  }

  /** Told in the order of time; it becomes known after the delay. */
  told({ at, keys }: Happening, fraud: boolean): void {
    this.#waiting.push({ at: at + this.#delayDays, keys, fraud })
  }

  pace = (key: string, at: number): Pace => this.#seen.about(key, at)

  /** Counts are of labels that became known within the windows, sums are of frauds among them. */
  labels(key: string, at: number): Pace {
    this.#learn(at)
    return this.#labelled.about(key, at)
  }

  /** The same of frauds alone: how long it has been going on, and whether it still is. */
  frauds(key: string, at: number): Pace {
    this.#learn(at)
    return this.#defrauded.about(key, at)
  }

  /** The share of frauds among a key's known labels, drawn to that of all by `weight` of them. */
  risk(key: string, at: number, weight: number): number {
    const { total, totalSum } = this.labels(key, at)
    return (totalSum + weight * this.#usual()) / (total + weight)
  }

  #usual = (): number => (this.#frauds + 1) / (this.#known + 20)

  #learn(at: number): void {
    for (; this.#waited < this.#waiting.length; this.#waited += 1) {
      const label = this.#waiting[this.#waited]
      if (!label || label.at > at) break
      for (const key of label.keys) {
        this.#labelled.saw(key, label.at, Number(label.fraud))
        if (label.fraud) this.#defrauded.saw(key, label.at)
      }
      this.#known += 1
      this.#frauds += Number(label.fraud)
    }
    if (this.#waited < 10_000) return
    this.#waiting.splice(0, this.#waited)
    this.#waited = 0
  }
}
