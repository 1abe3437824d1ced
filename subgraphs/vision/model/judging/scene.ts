import { meanWithInterval } from '@shop/kit/learn/bootstrap'
import { randomFrom } from '@shop/kit/learn/random'
import type { Metric } from '@shop/kit/learn/report'
import { examplesOf } from '../learned/examples.ts'
import { placed, trainedSpace, usualSpace } from '../learned/space.ts'
import type { Photo, PhotoSet } from '../sets.ts'
import type { World } from './pictures.ts'
import { ranked } from './scored.ts'

/** Which of the sets a photograph is of: what the sets teach of scenes, and no more than that. */
export async function judgedScene(world: World, sets: readonly PhotoSet[]): Promise<Metric[]> {
  const examples = async (photosOf: (set: PhotoSet) => readonly Photo[]) => {
    const photos = sets.flatMap((set, label) => photosOf(set).map(({ file }) => ({ file, label })))
    return (await examplesOf(world.folder, photos, sets.length)).fast
  }
  const train = await examples((set) => set.train)
  const scored = await examples((set) => set.scored)
  const space = await trainedSpace(world.products, train, { ...usualSpace, seed: world.seed })
  const { chances } = await placed(world.products, space, scored.rows)
  const random = randomFrom(world.seed)
  const most = Array.from(scored.labels, (label) => Number(label === 0))
  return [
    {
      name: 'scene accuracy, clothes or groceries',
      ...meanWithInterval(ranked(chances, scored.labels).right, random),
      higherIsBetter: true,
      scored: scored.rows.rows,
      baselines: { 'most frequent class': meanWithInterval(most, random) },
      note: 'By the fast path. The two sets look so unlike that this says little of other scenes.',
    },
  ]
}
