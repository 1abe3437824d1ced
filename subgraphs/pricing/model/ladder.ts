import type { Random } from '@shop/kit/learn/random'
import { BadRows } from '@shop/kit/learn/refusals'

/** A rung: one price, and what came of it. */
export interface Rung {
  /** In minor units. */
  readonly price: number
  readonly shown: number
  readonly bought: number
}

/**
 * Which rung to show next, by Thompson's (1933) sampling: each conversion is drawn from its Beta
 * posterior, the draws are made to fall with the price (a dearer price does not sell more), and the
 * rung of most profit is shown. Throws BAD_ROWS on no rungs, or counts that cannot be.
 */
export function nextRung(rungs: readonly Rung[], cost: number, random: Random): number {
  if (rungs.length === 0 || !rungs.every(possible) || !Number.isFinite(cost)) {
    throw new BadRows('A ladder has rungs, and no more were bought than shown.')
  }
  const order = rungs.map((_, at) => at).sort((a, b) => priceAt(rungs, a) - priceAt(rungs, b))
  const drawn = order.map((at) => {
    const { shown, bought } = rungs[at] as Rung
    // A flat prior at the level of shops: three visitors in a hundred buy.
    return { value: beta(0.3 + bought, 9.7 + shown - bought, random), weight: shown + 10 }
  })
  const falling = pooled(drawn)
  let [best, most] = [order[0] ?? 0, Number.NEGATIVE_INFINITY]
  order.forEach((at, place) => {
    const worth = (falling[place] ?? 0) * (priceAt(rungs, at) - cost)
    if (worth > most) [best, most] = [at, worth]
  })
  return best
}

const priceAt = (rungs: readonly Rung[], at: number) => rungs[at]?.price ?? 0

const possible = ({ price, shown, bought }: Rung) =>
  [price, shown, bought].every(Number.isFinite) && price > 0 && bought >= 0 && bought <= shown

/** Pool adjacent violators (Ayer et al., 1955), for values that may not rise. */
function pooled(values: readonly { value: number; weight: number }[]): number[] {
  const blocks: { value: number; weight: number; size: number }[] = []
  for (const each of values) {
    let block = { ...each, size: 1 }
    for (let last = blocks.at(-1); last && last.value < block.value; last = blocks.at(-1)) {
      blocks.pop()
      const weight = last.weight + block.weight
      const value = (last.value * last.weight + block.value * block.weight) / weight
      block = { value, weight, size: last.size + block.size }
    }
    blocks.push(block)
  }
  return blocks.flatMap(({ value, size }) => Array.from({ length: size }, () => value))
}

function beta(a: number, b: number, random: Random): number {
  const [x, y] = [gamma(a, random), gamma(b, random)]
  return x + y === 0 ? 0 : x / (x + y)
}

/** Marsaglia and Tsang (2000); a shape below one by their boost. */
function gamma(shape: number, random: Random): number {
  if (shape < 1) return gamma(shape + 1, random) * Math.max(1e-12, random.next()) ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = random.normal()
    const v = (1 + c * x) ** 3
    if (v <= 0) continue
    const u = Math.max(1e-300, random.next())
    if (Math.log(u) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
  }
}
