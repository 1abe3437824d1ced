import { randomFrom } from '@shop/kit/learn/random'

export interface Round {
  readonly victim: string
  /** After the last one was back. */
  readonly afterMs: number
}

interface Asked {
  readonly seed: number
  readonly rounds: number
  readonly victims: readonly string[]
}

/** The same seed gives the same schedule; nobody is told to end twice before all were once. */
export function roundsOf({ seed, rounds, victims }: Asked): Round[] {
  const random = randomFrom(seed)
  let left: string[] = []
  return Array.from({ length: rounds }, () => {
    if (left.length === 0) left = random.shuffled(victims)
    return { victim: left.pop() ?? '', afterMs: 300 + random.below(1200) }
  })
}
