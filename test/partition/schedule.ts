import { randomFrom } from '@shop/kit/learn/random'
import type { Shape } from '../faults/shaper.ts'

/** How a wire is cut: what is lost is lost for good; what is late comes when it is healed. */
export const manners = {
  'both ways': { lost: ['up', 'down'] },
  'what is asked': { lost: ['up'] },
  'what is answered': { lost: ['down'] },
  'late both ways': { held: ['up', 'down'] },
} as const satisfies Readonly<Record<string, Shape>>

export type Manner = keyof typeof manners

export interface Cut {
  readonly wire: string
  readonly manner: Manner
  readonly ms: number
}

interface Asked {
  readonly seed: number
  /** All of them once when left out. */
  readonly rounds?: number | undefined
  readonly wires: readonly string[]
  /** How long each lasts: between these, short ones as often as twice as long ones. */
  readonly seconds: readonly [least: number, most: number]
}

/** The same seed gives the same schedule; no wire is cut twice in one manner before all were once. */
export function cutsOf({ seed, rounds, wires, seconds: [least, most] }: Asked): Cut[] {
  const random = randomFrom(seed)
  const cells = wires.flatMap((wire) =>
    Object.keys(manners).map((manner) => ({ wire, manner: manner as Manner })),
  )
  let left: typeof cells = []
  return Array.from({ length: rounds ?? cells.length }, () => {
    if (left.length === 0) left = random.shuffled(cells)
    const cell = left.pop() as (typeof cells)[number]
    const share = random.below(1000) / 1000
    return { ...cell, ms: Math.round(1000 * least * (most / least) ** share) }
  })
}
