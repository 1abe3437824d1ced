import { type Pixels, stretched } from './decode.ts'
import { greyOf } from './quality.ts'

/** What a part of a picture looks like, in few bits: those of another copy of it differ in few. */
export interface Hash {
  /** Whether each place is brighter than the one left of it (Krawetz, 2013: dHash), 256 bits. */
  readonly difference: bigint
  /** The signs of low frequencies against their median (Zauner, 2010: pHash), 255 bits. */
  readonly frequency: bigint
}

/** Of the whole, and of windows of it: what a crop of it shows is near to one of them. */
export interface Hashes {
  readonly whole: Hash
  readonly windows: readonly Hash[]
}

const side = 16
const source = 128

interface Window {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

const shares = [0.84, 0.92]
const offsets = [0, 0.5, 1]

const windows: readonly Window[] = shares.flatMap((width) =>
  shares.flatMap((height) =>
    offsets.flatMap((x) =>
      offsets.map((y) => ({ left: x * (1 - width), top: y * (1 - height), width, height })),
    ),
  ),
)

export async function hashesOf(picture: Pixels): Promise<Hashes> {
  const grey = summed(greyOf(await stretched(picture, [source, source])))
  const hash = (window: Window): Hash => ({
    difference: differences(sampled(grey, window, [side + 1, side])),
    frequency: frequencies(sampled(grey, window, [2 * side, 2 * side])),
  })
  const whole = hash({ left: 0, top: 0, width: 1, height: 1 })
  return { whole, windows: windows.map(hash) }
}

/** At each corner of places the sum of all above and left of it (Crow, 1984). */
function summed(grey: Float64Array): Float64Array {
  const sums = new Float64Array((source + 1) * (source + 1))
  for (let y = 0; y < source; y += 1) {
    let row = 0
    for (let x = 0; x < source; x += 1) {
      row += grey[y * source + x] as number
      const at = (y + 1) * (source + 1) + x + 1
      sums[at] = row + (sums[at - source - 1] as number)
    }
  }
  return sums
}

/** The window, each place of the result the mean of the places of the source that it covers. */
function sampled(
  sums: Float64Array,
  { left, top, width, height }: Window,
  [across, down]: readonly [number, number],
): Float64Array {
  const columns = edges(left, width, across)
  const rows = edges(top, height, down)
  const sum = (y: number, x: number) => sums[y * (source + 1) + x] as number
  const means = new Float64Array(across * down)
  for (let y = 0; y < down; y += 1) {
    const [y0, y1] = [rows[y] as number, rows[y + 1] as number]
    for (let x = 0; x < across; x += 1) {
      const [x0, x1] = [columns[x] as number, columns[x + 1] as number]
      const covered = sum(y1, x1) - sum(y0, x1) - sum(y1, x0) + sum(y0, x0)
      means[y * across + x] = covered / ((x1 - x0) * (y1 - y0))
    }
  }
  return means
}

const edges = (start: number, share: number, parts: number): Int32Array =>
  Int32Array.from({ length: parts + 1 }, (_, i) =>
    Math.round(source * (start + (share * i) / parts)),
  )

function differences(grey: Float64Array): bigint {
  const bits = Array.from({ length: side * side }, (_, place) => {
    const at = Math.floor(place / side) * (side + 1) + (place % side)
    return (grey[at + 1] as number) > (grey[at] as number)
  })
  return bitsOf(bits)
}

const waves = Array.from({ length: side }, (_, u) =>
  Float64Array.from({ length: 2 * side }, (_, x) =>
    Math.cos(((2 * x + 1) * u * Math.PI) / (4 * side)),
  ),
)

/** The lowest 16 × 16 of a discrete cosine transform, without the mean. */
function frequencies(grey: Float64Array): bigint {
  const size = 2 * side
  const across = waves.map((wave) =>
    Float64Array.from({ length: size }, (_, y) =>
      dot(wave, grey.subarray(y * size, (y + 1) * size)),
    ),
  )
  const low = waves.flatMap((wave) => across.map((column) => dot(wave, column))).slice(1)
  const middle = low.toSorted((a, b) => a - b)[low.length >> 1] as number
  return bitsOf(low.map((each) => each > middle))
}

function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0
  for (let i = 0; i < one.length; i += 1) sum += (one[i] as number) * (other[i] as number)
  return sum
}

const bitsOf = (bits: readonly boolean[]): bigint =>
  BigInt(`0b${bits.map((bit) => (bit ? 1 : 0)).join('')}`)

/**
 * The least share of bits, 0 … 1, in which the whole of one differs from the other or a window of
 * it. Pictures that have nothing in common differ in some 0.4.
 */
export function difference(one: Hashes, other: Hashes): number {
  const to = (whole: Hash, parts: readonly Hash[]) => parts.map((part) => apart(whole, part))
  const all = [...to(one.whole, other.windows), ...to(other.whole, one.windows)]
  return Math.min(apart(one.whole, other.whole), ...all)
}

const apart = (one: Hash, other: Hash): number =>
  (ones(one.difference ^ other.difference) + ones(one.frequency ^ other.frequency)) / 511

function ones(bits: bigint): number {
  let [count, left] = [0, bits]
  while (left > 0n) {
    let word = Number(left & 0xffff_ffffn)
    for (; word !== 0; word = (word & (word - 1)) >>> 0) count += 1
    left >>= 32n
  }
  return count
}
