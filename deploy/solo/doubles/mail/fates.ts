import { randomFrom } from '@shop/kit/learn/random'
import { z } from 'zod'

/**
 * What becomes of a mail: `taken`; `lost`, it is kept and the connection is cut before the answer;
 * `cut`, the same before it is kept; `busy`, a 451 and it is not kept; `refused`, a 550 and it is
 * not kept; `slow`, it is kept and answered late.
 */
const fate = z.enum(['taken', 'lost', 'cut', 'busy', 'refused', 'slow'])

export type Fate = z.output<typeof fate>

const odds = z.number().min(0).max(1).default(0)

export const script = z.strictObject({
  /** Of the next mails, one each; then the odds hold. */
  next: z.array(fate).max(10_000).default([]),
  seed: z.int().default(1),
  lost: odds,
  cut: odds,
  busy: odds,
  refused: odds,
  slow: odds,
  slowMs: z.int().min(0).max(120_000).default(3000),
})

export type Script = z.input<typeof script>

const unkind = ['lost', 'cut', 'busy', 'refused', 'slow'] as const

/** The same script, the same fates. */
export class Fates {
  #script = script.parse({})
  #random = randomFrom(1)

  get slowMs(): number {
    return this.#script.slowMs
  }

  /** From now on, in place of what was before. */
  follow(wanted: Script): void {
    this.#script = script.parse(wanted)
    this.#random = randomFrom(this.#script.seed)
  }

  next(): Fate {
    const told = this.#script.next.shift()
    if (told) return told
    let roll = this.#random.next()
    for (const each of unkind) {
      if (roll < this.#script[each]) return each
      roll -= this.#script[each]
    }
    return 'taken'
  }
}
