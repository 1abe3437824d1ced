import { type Random, randomFrom } from '@shop/kit/learn/random'

/** A thing as the weights of what it has; all have length 1. */
type Sparse = ReadonlyMap<number, number>

interface Wanted {
  readonly kinds: number
  readonly seed: number
}

const rounds = 8

/**
 * The kind of each thing by the names of what it has, where a catalogue names no category: only
 * laptops have a numeric keypad and a battery. Spherical k-means (Dhillon and Modha, 2001) on
 * weights of inverse frequency. Things with nothing are of kind −1. One seed, one answer.
 */
export function kindsOf(
  things: readonly (readonly string[])[],
  { kinds, seed }: Wanted,
): Int32Array {
  const { vectors, width } = weighed(things)
  const known = vectors.flatMap((vector, at) => (vector.size > 0 ? [at] : []))
  const own = new Int32Array(things.length).fill(-1)
  if (known.length === 0) return own
  let centres = startingCentres(known, vectors, { kinds, width, random: randomFrom(seed) })
  for (let round = 0; round < rounds; round += 1) {
    for (const at of known) own[at] = nearest(vectors[at] as Sparse, centres)
    centres = meansOf(known, own, { vectors, centres })
  }
  return own
}

function weighed(things: readonly (readonly string[])[]): { vectors: Sparse[]; width: number } {
  const numbers = new Map<string, number>()
  const holding: number[] = []
  for (const name of things.flatMap((names) => [...new Set(names)])) {
    const number = numbers.get(name) ?? numbers.size
    numbers.set(name, number)
    holding[number] = (holding[number] ?? 0) + 1
  }
  const weightOf = (number: number) => Math.log(1 + things.length / (holding[number] as number))
  const vectors = things.map((names) => {
    const own = [...new Set(names)].map((name) => numbers.get(name) as number)
    const length = Math.hypot(...own.map(weightOf))
    return new Map(own.map((number) => [number, weightOf(number) / length]))
  })
  return { vectors, width: numbers.size }
}

interface Starting extends Pick<Wanted, 'kinds'> {
  width: number
  random: Random
}

function startingCentres(
  known: readonly number[],
  vectors: readonly Sparse[],
  { kinds, width, random }: Starting,
): Float64Array[] {
  return random
    .shuffled(known)
    .slice(0, kinds)
    .map((at) => {
      const centre = new Float64Array(width)
      for (const [number, weight] of vectors[at] as Sparse) centre[number] = weight
      return centre
    })
}

function nearest(vector: Sparse, centres: readonly Float64Array[]): number {
  let [best, bestCosine] = [0, -1]
  centres.forEach((centre, kind) => {
    let cosine = 0
    for (const [number, weight] of vector) cosine += weight * (centre[number] as number)
    if (cosine > bestCosine) [best, bestCosine] = [kind, cosine]
  })
  return best
}

/** A kind that lost everything keeps its centre. */
function meansOf(
  known: readonly number[],
  own: Int32Array,
  { vectors, centres }: { vectors: readonly Sparse[]; centres: readonly Float64Array[] },
): Float64Array[] {
  const sums = centres.map((centre) => new Float64Array(centre.length))
  for (const at of known) {
    const sum = sums[own[at] as number] as Float64Array
    for (const [number, weight] of vectors[at] as Sparse)
      sum[number] = (sum[number] as number) + weight
  }
  return sums.map((sum, kind) => {
    const length = Math.sqrt(sum.reduce((square, value) => square + value * value, 0))
    return length === 0 ? (centres[kind] as Float64Array) : sum.map((value) => value / length)
  })
}
