import { matrixOf } from '@shop/kit/learn/matrix'
import { type Embedding, embeddingsOf } from '../embedding/embeddings.ts'
import type { Photo } from '../sets.ts'
import type { Labelled } from './discriminant.ts'

/** Which of the two networks saw. */
export type Path = keyof Embedding

/** The photographs as each network sees them, with their labels. */
export async function examplesOf(
  folder: string,
  photos: readonly Photo[],
  classes: number,
): Promise<Record<Path, Labelled>> {
  const seen = await embeddingsOf(
    folder,
    photos.map(({ file }) => file),
  )
  const labels = photos.map(({ label }) => label)
  const of = (path: Path): Labelled => ({
    rows: matrixOf(seen.map((each) => each[path])),
    labels,
    classes,
  })
  return { precise: of('precise'), fast: of('fast') }
}
