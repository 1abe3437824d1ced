import { type Random, randomFrom } from '@shop/kit/learn/random'
import { type Pixels, stretched } from './decode.ts'
import { objectMask } from './mask.ts'
import { distance, hexOf, type Oklab, oklabOf } from './oklab.ts'

export interface Colour {
  readonly hex: string
  /** As shoppers call it: one of the names below. */
  readonly name: string
  /** Of the object's places, 0 … 1. */
  readonly share: number
}

/** Basic colour terms (Berlin and Kay, 1969) with beige and navy, which shops add to them. */
const names: readonly (readonly [name: string, colour: Oklab])[] = [
  ['black', oklabOf(20, 20, 22)],
  ['grey', oklabOf(128, 128, 128)],
  ['white', oklabOf(245, 245, 245)],
  ['red', oklabOf(200, 30, 40)],
  ['orange', oklabOf(240, 130, 30)],
  ['yellow', oklabOf(245, 215, 50)],
  ['green', oklabOf(60, 140, 60)],
  ['blue', oklabOf(50, 100, 200)],
  ['navy', oklabOf(30, 40, 85)],
  ['purple', oklabOf(120, 60, 150)],
  ['pink', oklabOf(240, 150, 180)],
  ['brown', oklabOf(110, 70, 40)],
  ['beige', oklabOf(215, 195, 160)],
]

const side = 64
const most = 5

/**
 * The colours of the object, the greatest first, by k-means in OKLab, where distance is near to
 * how different colours look. Those too like another are one. The same picture gives the same.
 */
export async function coloursOf(picture: Pixels): Promise<Colour[]> {
  const places = oklabs(await stretched(picture, [side, side]))
  const mask = objectMask(places, side)
  const object = places.filter((_, place) => mask[place])
  return merged(kMeans(object, randomFrom(1))).map(({ centre, places: count }) => ({
    hex: hexOf(centre),
    name: nameOf(centre),
    share: count / object.length,
  }))
}

export const oklabs = (rgb: Uint8Array): Oklab[] =>
  Array.from({ length: rgb.length / 3 }, (_, place) => {
    const at = 3 * place
    return oklabOf(rgb[at] as number, rgb[at + 1] as number, rgb[at + 2] as number)
  })

const nameOf = (colour: Oklab): string =>
  names.reduce((best, each) =>
    distance(each[1], colour) < distance(best[1], colour) ? each : best,
  )[0]

interface Cluster {
  centre: Oklab
  places: number
}

/** Lloyd's rounds from the far-apart start of Arthur and Vassilvitskii (2007). */
function kMeans(points: readonly Oklab[], random: Random): Cluster[] {
  let centres = farApart(points, random)
  let clusters: Cluster[] = []
  for (let round = 0; round < 12; round += 1) {
    clusters = assigned(points, centres)
    centres = clusters.map(({ centre }) => centre)
  }
  return clusters
}

function farApart(points: readonly Oklab[], random: Random): Oklab[] {
  const centres = [points[random.below(points.length)] as Oklab]
  while (centres.length < most) {
    const far = points.map((point) => nearest(point, centres).squared)
    const total = far.reduce((sum, each) => sum + each, 0)
    if (total === 0) break
    let left = random.next() * total
    const next = far.findIndex((each) => {
      left -= each
      return left <= 0
    })
    centres.push(points[Math.max(0, next)] as Oklab)
  }
  return centres
}

function nearest(point: Oklab, centres: readonly Oklab[]) {
  let [best, squared] = [0, Number.POSITIVE_INFINITY]
  for (const [i, centre] of centres.entries()) {
    const each = distance(point, centre) ** 2
    if (each < squared) [best, squared] = [i, each]
  }
  return { best, squared }
}

function assigned(points: readonly Oklab[], centres: readonly Oklab[]): Cluster[] {
  const sums = centres.map(() => [0, 0, 0, 0] as [number, number, number, number])
  for (const point of points) {
    const sum = sums[nearest(point, centres).best] as [number, number, number, number]
    for (const axis of [0, 1, 2] as const) sum[axis] += point[axis]
    sum[3] += 1
  }
  return sums
    .filter(([, , , places]) => places > 0)
    .map(([l, a, b, places]) => ({ centre: [l / places, a / places, b / places], places }))
}

/** What is nearer than a glance tells apart is one colour; what hardly shows is left out. */
function merged(clusters: readonly Cluster[]): Cluster[] {
  const total = clusters.reduce((sum, { places }) => sum + places, 0)
  const kept: Cluster[] = []
  for (const cluster of clusters.toSorted((a, b) => b.places - a.places)) {
    const like = kept.find(({ centre }) => distance(centre, cluster.centre) < 0.06)
    if (like) like.places += cluster.places
    else if (cluster.places / total >= 0.04) kept.push({ ...cluster })
  }
  return kept.toSorted((a, b) => b.places - a.places)
}
