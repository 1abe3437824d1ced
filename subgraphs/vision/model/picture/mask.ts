import { distance, type Oklab } from './oklab.ts'

/**
 * Where the object is, in a square picture: what is unlike the border. The border's colour is the
 * median of its places, and the threshold that of Otsu (1979) on the distance to it. A border that
 * is not of one colour, or an object that would fill nearly all or nothing, gives an ellipse in
 * the middle: photographs of products have them there.
 */
export function objectMask(places: readonly Oklab[], side: number): boolean[] {
  const border = places.filter((_, place) => onBorder(place, side))
  const ground = ([0, 1, 2] as const).map((axis) => median(border.map((each) => each[axis])))
  const [l = 0, a = 0, b = 0] = ground
  const far = places.map((place) => distance(place, [l, a, b]))
  const threshold = Math.max(0.05, otsu(far))
  const mask = far.map((each) => each > threshold)
  const share = mask.filter(Boolean).length / mask.length
  const crossing = border.filter((each) => distance(each, [l, a, b]) > threshold).length
  const isPlain = crossing / border.length < 0.35
  return isPlain && share > 0.03 && share < 0.97 ? mask : ellipse(side)
}

function onBorder(place: number, side: number): boolean {
  const [x, y] = [place % side, Math.floor(place / side)]
  return Math.min(x, y, side - 1 - x, side - 1 - y) < 2
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1] ?? 0
}

/** The threshold with the greatest variance between what is above and what is below. */
function otsu(values: readonly number[]): number {
  const bins = 64
  const top = Math.max(...values, 1e-6)
  const counts = new Float64Array(bins)
  for (const value of values) {
    const bin = Math.min(bins - 1, Math.floor((value / top) * bins))
    counts[bin] = (counts[bin] as number) + 1
  }
  const all = counts.reduce((sum, count, bin) => sum + count * bin, 0)
  let [below, sumBelow, best, at] = [0, 0, -1, 0]
  for (const [bin, count] of counts.entries()) {
    below += count
    sumBelow += count * bin
    const above = values.length - below
    if (below === 0 || above === 0) continue
    const between = below * above * (sumBelow / below - (all - sumBelow) / above) ** 2
    if (between > best) [best, at] = [between, bin]
  }
  return ((at + 1) / bins) * top
}

const ellipse = (side: number): boolean[] =>
  Array.from({ length: side * side }, (_, place) => {
    const [x, y] = [place % side, Math.floor(place / side)].map((each) => (2 * each) / side - 1)
    return Math.hypot(x ?? 0, y ?? 0) < 0.75
  })
