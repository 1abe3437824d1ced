import { oklabs } from '../picture/colours.ts'
import type { Oklab } from '../picture/oklab.ts'

const side = 64
/** Parts of lightness, of green to red, and of blue to yellow. */
const parts = [4, 6, 6] as const
const cells = parts[0] * parts[1] * parts[2]

export const histogramWidth = 2 * cells

/**
 * How often each colour is there, in a picture of 64 × 64 bytes of RGB and in the middle of it:
 * roots of shares, whose distance is Hellinger's.
 */
export function colourHistogram(rgb: Uint8Array): Float32Array {
  const places = oklabs(rgb)
  const middle = places.filter((_, place) => {
    const [x, y] = [place % side, Math.floor(place / side)]
    return Math.min(x, y, side - 1 - x, side - 1 - y) >= side / 4
  })
  return Float32Array.of(...shares(places), ...shares(middle))
}

function shares(places: readonly Oklab[]): Float32Array {
  const counts = new Float32Array(cells)
  for (const [lightness, a, b] of places) {
    const cell =
      (part(lightness, 0) * parts[1] + part((a + 0.2) / 0.5, 1)) * parts[2] +
      part((b + 0.25) / 0.5, 2)
    counts[cell] = (counts[cell] as number) + 1
  }
  return counts.map((count) => Math.sqrt(count / places.length))
}

const part = (share: number, axis: 0 | 1 | 2): number =>
  Math.min(parts[axis] - 1, Math.max(0, Math.floor(share * parts[axis])))
