import { meanWithInterval } from '@shop/kit/learn/bootstrap'
import { pickedRows } from '@shop/kit/learn/matrix'
import { randomFrom } from '@shop/kit/learn/random'
import type { Metric } from '@shop/kit/learn/report'
import type { Labelled } from '../learned/discriminant.ts'
import { examplesOf } from '../learned/examples.ts'
import { placed, trainedSpace, usualSpace } from '../learned/space.ts'
import type { GrocerySet } from '../sets.ts'
import type { World } from './pictures.ts'
import { hits, nearestLabels } from './scored.ts'

const isStranger = (label: number) => label % 2 === 1

function kept({ rows, labels, classes }: Labelled, keep: (label: number) => boolean): Labelled {
  const own = Array.from(labels).flatMap((label, row) => (keep(label) ? [row] : []))
  return { rows: pickedRows(rows, own), labels: own.map((row) => labels[row] ?? 0), classes }
}

/** The same catalogue pictures, in a space learned without any photograph of what is asked for. */
export async function judgedStrangers(world: World, set: GrocerySet): Promise<Metric[]> {
  const classes = set.classes.length
  const seen = async (photos: GrocerySet['train']) =>
    (await examplesOf(world.folder, photos, classes)).precise
  const known = kept(await seen([...set.train, ...set.catalogue]), (label) => !isStranger(label))
  const pictures = await seen(set.catalogue)
  const queries = kept(await seen(set.scored), isStranger)
  // Every other class is left out, so those that are kept are numbered anew.
  const labels = Array.from(known.labels, (label) => label / 2)
  const examples = { rows: known.rows, labels, classes: Math.ceil(classes / 2) }
  const space = await trainedSpace(world.products, examples, { ...usualSpace, seed: world.seed })
  const vectors = async ({ rows }: Labelled) => (await placed(world.products, space, rows)).vectors
  const near = await nearestLabels(
    world.products,
    { vectors: await vectors(queries), labels: queries.labels },
    { vectors: await vectors(pictures), labels: pictures.labels },
  )
  const raw = await nearestLabels(
    world.products,
    { vectors: queries.rows, labels: queries.labels },
    { vectors: pictures.rows, labels: pictures.labels },
  )
  const random = randomFrom(world.seed)
  return [
    {
      name: 'grocery photo to catalogue picture in top 5, products never learned from',
      ...meanWithInterval(hits(near, queries.labels), random),
      higherIsBetter: true,
      scored: queries.rows.rows,
      baselines: { 'frozen taps': meanWithInterval(hits(raw, queries.labels), random) },
      note: 'Learned from every other class; asked for the rest, among all 81 pictures.',
    },
  ]
}
