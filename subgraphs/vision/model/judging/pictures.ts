import { meanWithInterval, statisticWithInterval } from '@shop/kit/learn/bootstrap'
import { unavoidableError } from '@shop/kit/learn/class-figures'
import { type Random, randomFrom } from '@shop/kit/learn/random'
import type { Metric } from '@shop/kit/learn/report'
import { histogramWidth } from '../embedding/colour-histogram.ts'
import type { Labelled } from '../learned/discriminant.ts'
import { examplesOf, type Path } from '../learned/examples.ts'
import type { Products } from '../learned/products.ts'
import { type Placed, placed, type Space, trainedSpace, usualSpace } from '../learned/space.ts'
import type { GrocerySet, PhotoSet } from '../sets.ts'
import { judgedDuplicates } from './duplicates.ts'
import {
  gapOf,
  hits,
  lastColumns,
  nearestLabels,
  precisions,
  ranked,
  type Shelf,
  votes,
} from './scored.ts'
import { judgedTags } from './tags.ts'

export interface World {
  readonly products: Products
  readonly folder: string
  readonly seed: number
}

const senses = ['precise', 'fast', 'colours', 'raw'] as const
type Sense = (typeof senses)[number]

/** A set's photographs as both networks see them, placed in spaces learned from the training ones. */
interface Scene {
  /** Of each scored photograph, the labels of its nearest among the training ones, by what is seen. */
  readonly near: Record<Sense, number[][]>
  /** The same among the catalogue's pictures, where there are some. */
  readonly nearPictures: Record<Sense, number[][]>
  readonly most: number
  readonly chances: Record<Path, Placed['chances']>
  readonly labels: ArrayLike<number>
  /** Of tags, on the precise path. */
  readonly thresholds: readonly number[]
  readonly fastSpace: Space
}

const shelved = ({ labels }: Labelled, vectors: Shelf['vectors']): Shelf => ({ vectors, labels })

async function sceneOf(world: World, set: PhotoSet & Partial<GrocerySet>): Promise<Scene> {
  const known = [...set.train, ...(set.catalogue ?? [])]
  const train = await examplesOf(world.folder, known, set.classes.length)
  const scored = await examplesOf(world.folder, set.scored, set.classes.length)
  const seen = async (path: Path) => {
    const settings = { ...usualSpace, seed: world.seed }
    const space = await trainedSpace(world.products, train[path], settings)
    return {
      space,
      train: await placed(world.products, space, train[path].rows),
      scored: await placed(world.products, space, scored[path].rows),
    }
  }
  const [precise, fast] = [await seen('precise'), await seen('fast')]
  const simple = (of: Record<Path, Labelled>) => ({
    colours: shelved(of.fast, lastColumns(of.fast.rows, histogramWidth)),
    raw: shelved(of.precise, of.precise.rows),
  })
  const shelf: Record<Sense, Shelf> = {
    precise: shelved(train.precise, precise.train.vectors),
    fast: shelved(train.fast, fast.train.vectors),
    ...simple(train),
  }
  const queries: Record<Sense, Shelf> = {
    precise: shelved(scored.precise, precise.scored.vectors),
    fast: shelved(scored.fast, fast.scored.vectors),
    ...simple(scored),
  }
  const near = (part: (shelf: Shelf) => Shelf) =>
    perSense((sense) => nearestLabels(world.products, queries[sense], part(shelf[sense])))
  return {
    near: await near((all) => firstRows(all, set.train.length)),
    nearPictures: await near((all) => lastRows(all, set.catalogue?.length ?? 0)),
    most: mostFrequent(train.precise.labels),
    chances: { precise: precise.scored.chances, fast: fast.scored.chances },
    labels: scored.precise.labels,
    thresholds: precise.space.thresholds,
    fastSpace: fast.space,
  }
}

async function perSense<T>(of: (sense: Sense) => Promise<T>): Promise<Record<Sense, T>> {
  const found: [Sense, T][] = []
  for (const sense of senses) found.push([sense, await of(sense)])
  return Object.fromEntries(found) as Record<Sense, T>
}

const firstRows = ({ vectors, labels }: Shelf, rows: number): Shelf => ({
  vectors: { ...vectors, rows, values: vectors.values.subarray(0, rows * vectors.columns) },
  labels: Array.from(labels).slice(0, rows),
})

const lastRows = ({ vectors, labels }: Shelf, rows: number): Shelf => ({
  vectors: {
    ...vectors,
    rows,
    values: vectors.values.subarray((vectors.rows - rows) * vectors.columns),
  },
  labels: Array.from(labels).slice(vectors.rows - rows),
})

/** The class that is most frequent in training. */
function mostFrequent(labels: ArrayLike<number>): number {
  const counts = new Map<number, number>()
  for (const label of Array.from(labels)) counts.set(label, (counts.get(label) ?? 0) + 1)
  return [...counts].reduce((best, each) => (each[1] > best[1] ? each : best))[0]
}

interface Marks {
  readonly floor?: number
  readonly aim?: number
}

function accuracies(set: string, scene: Scene, random: Random) {
  const { near, chances, labels, most } = scene
  const baselines = {
    'most frequent class': meanWithInterval(
      Array.from(labels, (label) => Number(label === most)),
      random,
    ),
    'colour histogram 5-NN': meanWithInterval(votes(near.colours, labels), random),
    'frozen taps 5-NN': meanWithInterval(votes(near.raw, labels), random),
  }
  return (path: Path, name: string, marks: Marks): Metric => ({
    name: `${set} ${name}`,
    ...meanWithInterval(ranked(chances[path], labels).right, random),
    ...marks,
    higherIsBetter: true,
    scored: labels.length,
    baselines,
  })
}

function calibration(set: string, { chances, labels }: Scene, random: Random) {
  return (path: Path, name: string, marks: Marks): Metric[] => {
    const { right, sure } = ranked(chances[path], labels)
    const least = unavoidableError(sure, random)
    const gap = statisticWithInterval(
      sure.map((each, row) => [each, right[row] ?? 0] as const),
      gapOf,
      random,
    )
    const shared = { higherIsBetter: false, scored: labels.length }
    const note = `10 bins; true chances would show ${least.toFixed(3)} on so few`
    const excess = { value: Math.max(0, gap.value - least) }
    return [
      { ...shared, name: `${set} ${name}`, ...gap, ...marks, note },
      { ...shared, name: `${set} ${name}, less that of true chances`, ...excess },
    ]
  }
}

function neighbours(set: string, { near, labels }: Scene, random: Random) {
  const of = (sense: Sense) => meanWithInterval(precisions(near[sense], labels), random)
  return (name: string, marks: Marks): Metric => ({
    name: `${set} ${name}`,
    ...of('precise'),
    ...marks,
    higherIsBetter: true,
    scored: labels.length,
    baselines: {
      'colour histogram': of('colours'),
      'frozen taps': of('raw'),
      'fast path': of('fast'),
    },
  })
}

export async function judgedClothing(world: World, set: PhotoSet): Promise<Metric[]> {
  const random = randomFrom(world.seed)
  const scene = await sceneOf(world, set)
  const accuracy = accuracies('clothing', scene, random)
  const gap = calibration('clothing', scene, random)
  return [
    accuracy('precise', 'accuracy', { floor: 0.858, aim: 0.9 }),
    accuracy('fast', 'accuracy of the fast path', { floor: 0.796 }),
    ...gap('precise', 'ECE', { floor: 0.03 }),
    ...gap('fast', 'ECE of the fast path', {}),
    neighbours('clothing', scene, random)('P@5', { floor: 0.75 }),
    ...judgedTags('clothing', { ...scene, chances: scene.chances.precise }, random),
    ...(await judgedDuplicates({ ...world, space: scene.fastSpace }, set.scored, random)),
  ]
}

export async function judgedGrocery(world: World, set: GrocerySet): Promise<Metric[]> {
  const random = randomFrom(world.seed)
  const scene = await sceneOf(world, set)
  const accuracy = accuracies('grocery', scene, random)
  return [
    accuracy('precise', 'fine accuracy', { floor: 0.486, aim: 0.65 }),
    accuracy('fast', 'fine accuracy of the fast path', {}),
    coarse(scene, set, random),
    ...calibration('grocery', scene, random)('precise', 'ECE', {}),
    neighbours('grocery', scene, random)('P@5', {}),
    catalogued(scene, random),
    ...judgedTags('grocery', { ...scene, chances: scene.chances.precise }, random),
  ]
}

/** Whether the surest class is of the true kind: any apple for an apple. */
function coarse({ chances, labels, most }: Scene, { kinds }: GrocerySet, random: Random): Metric {
  const { said } = ranked(chances.precise, labels)
  const right = (of: (row: number) => number) =>
    meanWithInterval(
      Array.from(labels, (label, row) => Number(kinds[of(row)] === kinds[label])),
      random,
    )
  return {
    name: 'grocery coarse accuracy',
    ...right((row) => said[row] ?? 0),
    higherIsBetter: true,
    scored: labels.length,
    baselines: { 'most frequent class': right(() => most) },
  }
}

function catalogued({ nearPictures, labels }: Scene, random: Random): Metric {
  const found = (sense: Sense) => meanWithInterval(hits(nearPictures[sense], labels), random)
  return {
    name: 'grocery photo to catalogue picture in top 5',
    ...found('precise'),
    floor: 0.6,
    higherIsBetter: true,
    scored: labels.length,
    baselines: { 'colour histogram': found('colours'), 'frozen taps': found('raw') },
    note: 'The catalogue pictures, one a class, are among what the space was learned from.',
  }
}
