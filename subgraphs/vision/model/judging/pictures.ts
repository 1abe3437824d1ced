import { meanWithInterval, statisticWithInterval } from '@shop/kit/learn/bootstrap'
import { unavoidableError } from '@shop/kit/learn/class-figures'
import { type Random, randomFrom } from '@shop/kit/learn/random'
import type { Figure, Metric } from '@shop/kit/learn/report'
import { histogramWidth } from '../embedding/colour-histogram.ts'
import type { Labelled } from '../learned/discriminant.ts'
import { examplesOf, type Path } from '../learned/examples.ts'
import type { Products } from '../learned/products.ts'
import { type Placed, placed, trainedSpace, usualSpace } from '../learned/space.ts'
import type { GrocerySet, PhotoSet } from '../sets.ts'
import { gapOf, hits, lastColumns, precisions, ranked, type Shelf, votes } from './scored.ts'

interface World {
  readonly products: Products
  readonly folder: string
  readonly seed: number
}

/** A set's photographs as both networks see them, placed in spaces learned from the training ones. */
interface Scene {
  readonly shelf: Record<Path | 'colours' | 'raw', Shelf>
  readonly queries: Record<Path | 'colours' | 'raw', Shelf>
  readonly chances: Record<Path, Placed['chances']>
  readonly labels: ArrayLike<number>
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
      train: await placed(world.products, space, train[path].rows),
      scored: await placed(world.products, space, scored[path].rows),
    }
  }
  const [precise, fast] = [await seen('precise'), await seen('fast')]
  const simple = (of: Record<Path, Labelled>) => ({
    colours: shelved(of.fast, lastColumns(of.fast.rows, histogramWidth)),
    raw: shelved(of.precise, of.precise.rows),
  })
  return {
    shelf: {
      precise: shelved(train.precise, precise.train.vectors),
      fast: shelved(train.fast, fast.train.vectors),
      ...simple(train),
    },
    queries: {
      precise: shelved(scored.precise, precise.scored.vectors),
      fast: shelved(scored.fast, fast.scored.vectors),
      ...simple(scored),
    },
    chances: { precise: precise.scored.chances, fast: fast.scored.chances },
    labels: scored.precise.labels,
  }
}

/** The share of the class that is most frequent in training. */
function majority(shelf: Shelf, labels: ArrayLike<number>, random: Random): Figure {
  const counts = new Map<number, number>()
  for (const label of Array.from(shelf.labels)) counts.set(label, (counts.get(label) ?? 0) + 1)
  const [most] = [...counts].reduce((best, each) => (each[1] > best[1] ? each : best))
  return meanWithInterval(Array.from(labels, (label) => Number(label === most)), random)
}

interface Marks {
  readonly floor?: number
  readonly aim?: number
}

function accuracies(set: string, scene: Scene, random: Random) {
  const { queries, shelf, chances, labels } = scene
  const baselines = {
    'most frequent class': majority(shelf.raw, labels, random),
    'colour histogram 5-NN': meanWithInterval(votes(queries.colours, shelf.colours), random),
    'frozen taps 5-NN': meanWithInterval(votes(queries.raw, shelf.raw), random),
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
  return (path: Path, name: string, marks: Marks): Metric => {
    const { right, sure } = ranked(chances[path], labels)
    const least = unavoidableError(sure, random)
    return {
      name: `${set} ${name}`,
      ...statisticWithInterval(sure.map((each, row) => [each, right[row] ?? 0] as const), gapOf, random),
      ...marks,
      higherIsBetter: false,
      scored: labels.length,
      note: `10 bins; true chances would show ${least.toFixed(3)} on so few`,
    }
  }
}

function neighbours(set: string, { queries, shelf, labels }: Scene, random: Random) {
  const of = (path: keyof Scene['shelf']) =>
    meanWithInterval(precisions(queries[path], shelf[path], 5), random)
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
    gap('precise', 'ECE', { aim: 0.03 }),
    gap('fast', 'ECE of the fast path', {}),
    neighbours('clothing', scene, random)('P@5', { floor: 0.75 }),
  ]
}

export async function judgedGrocery(world: World, set: GrocerySet): Promise<Metric[]> {
  const random = randomFrom(world.seed)
  const scene = await sceneOf(world, set)
  const accuracy = accuracies('grocery', scene, random)
  return [
    accuracy('precise', 'fine accuracy', { floor: 0.486, aim: 0.65 }),
    accuracy('fast', 'fine accuracy of the fast path', {}),
    calibration('grocery', scene, random)('precise', 'ECE', {}),
    neighbours('grocery', scene, random)('P@5', {}),
    catalogued(scene, set, random),
  ]
}

function catalogued({ queries, shelf, labels }: Scene, set: GrocerySet, random: Random): Metric {
  const pictures = (path: keyof Scene['shelf']): Shelf => ({
    vectors: lastRows(shelf[path].vectors, set.catalogue.length),
    labels: set.catalogue.map(({ label }) => label),
  })
  const found = (path: keyof Scene['shelf']) =>
    meanWithInterval(hits(queries[path], pictures(path), 5), random)
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

function lastRows({ rows, columns, values }: Shelf['vectors'], count: number): Shelf['vectors'] {
  return { rows: count, columns, values: values.subarray((rows - count) * columns) }
}
