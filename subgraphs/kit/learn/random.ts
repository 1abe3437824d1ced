/** A source of chance that a seed repeats to the bit, on every machine. */
export interface Random {
  /** Uniform in [0, 1), 32 bits of it. */
  next(): number
  /** Uniform among 0 … n − 1. */
  below(n: number): number
  /** Of the standard normal distribution (Marsaglia's polar method). */
  normal(): number
  /** A new array with the same elements in another order (Fisher and Yates). */
  shuffled<T>(values: readonly T[]): T[]
}

/** xoshiro128** of Blackman and Vigna (2018), its state filled from the seed by SplitMix32. */
export function randomFrom(seed: number): Random {
  const state = seeded(seed)
  const next = () => draw(state) / 2 ** 32
  const below = (n: number) => Math.floor(next() * n)
  return {
    next,
    below,
    normal: () => polar(next),
    shuffled(values) {
      const order = [...values]
      for (let i = order.length - 1; i > 0; i -= 1) {
        const j = below(i + 1)
        ;[order[i], order[j]] = [order[j] as never, order[i] as never]
      }
      return order
    },
  }
}

function seeded(seed: number): Uint32Array {
  let mixed = seed >>> 0
  return Uint32Array.from({ length: 4 }, () => {
    mixed = (mixed + 0x9e3779b9) >>> 0
    let z = mixed
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad)
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
    return (z ^ (z >>> 15)) >>> 0
  })
}

const rotated = (x: number, by: number) => (x << by) | (x >>> (32 - by))

function draw(state: Uint32Array): number {
  const [a = 0, b = 0, c = 0, d = 0] = state
  const drawn = Math.imul(rotated(Math.imul(b, 5), 7), 9) >>> 0
  const [e, f] = [c ^ a, d ^ b]
  state.set([a ^ f, b ^ e, e ^ (b << 9), rotated(f, 11)])
  return drawn
}

function polar(next: () => number): number {
  for (;;) {
    const [u, v] = [2 * next() - 1, 2 * next() - 1]
    const square = u * u + v * v
    if (square > 0 && square < 1) return u * Math.sqrt((-2 * Math.log(square)) / square)
  }
}
