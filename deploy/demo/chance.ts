import { type Random, randomFrom } from '@shop/kit/learn/random'

export interface Chance extends Random {
  pick<T>(values: readonly T[]): T
  /** True with this probability. */
  happens(probability: number): boolean
  /** A whole number, both ends included. */
  between(low: number, high: number): number
  /** An index, in proportion to the weights. */
  among(weights: readonly number[]): number
}

/**
 * The chance of one thing: a sequence of its own, so that the thing numbered n is the same whether
 * or not the n before it were made.
 */
export function chanceOf(seed: number, what: string, index = 0): Chance {
  const random = randomFrom(mixed(mixed(seed ^ hashOf(what)) ^ index))
  return {
    ...random,
    pick: <T>(values: readonly T[]) => values[random.below(values.length)] as T,
    happens: (probability) => random.next() < probability,
    between: (low, high) => low + random.below(high - low + 1),
    among: (weights) => indexIn(weights, random.next()),
  }
}

function indexIn(weights: readonly number[], at: number): number {
  let left = at * weights.reduce((sum, weight) => sum + weight, 0)
  for (const [index, weight] of weights.entries()) {
    left -= weight
    if (left < 0) return index
  }
  return weights.length - 1
}

/** FNV-1a, 32 bits. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}

/** The finaliser of MurmurHash3, which is a bijection: no two numbers of 32 bits become one. */
export function mixed(value: number): number {
  let h = value >>> 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** Knuth's product for small means; above 30 the normal distribution is near enough. */
export function poisson(chance: Chance, mean: number): number {
  if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * chance.normal()))
  const limit = Math.exp(-mean)
  let count = 0
  for (let product = chance.next(); product > limit; product *= chance.next()) count += 1
  return count
}

/** Of scale 1, by Marsaglia and Tsang (2000). */
export function gamma(chance: Chance, shape: number): number {
  if (shape < 1) return gamma(chance, shape + 1) * (1 - chance.next()) ** (1 / shape)
  const d = shape - 1 / 3
  for (;;) {
    const x = chance.normal()
    const v = (1 + x / Math.sqrt(9 * d)) ** 3
    if (v > 0 && Math.log(1 - chance.next()) < 0.5 * x * x + d * (1 - v + Math.log(v))) return d * v
  }
}

export function beta(chance: Chance, a: number, b: number): number {
  const x = gamma(chance, a)
  return x / (x + gamma(chance, b))
}
