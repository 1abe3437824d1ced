import type { Chance } from './chance.ts'
import { idAt } from './ids.ts'
import type { Image } from './shop.ts'
import type { Range } from './variants.ts'

interface Pictured {
  readonly seed: number
  readonly number: number
  readonly name: string
  readonly silhouette: string
  readonly ms: number
}

const backgrounds = ['#f3efe8', '#eceff1', '#f4ece8', '#e9efe9', '#f4efdf', '#ebeaf2']

const views = [
  { view: 'front', said: '' },
  { view: 'turned', said: ', the other side' },
  { view: 'close', said: ', close up' },
  { view: 'pair', said: ', two of them' },
] as const

/** One to four images; the second shows another colour where the product comes in one. */
export function imagesOf(
  { seed, number, name, silhouette, ms }: Pictured,
  range: Range,
  chance: Chance,
): Image[] {
  const first = chance.below(backgrounds.length)
  const count = chance.between(1, views.length)
  return views.slice(0, count).map(({ view, said }, index) => ({
    id: idAt('image', number * views.length + index, { seed, ms }),
    alt: name + said,
    silhouette,
    colour: colourIn(range, index),
    background: backgrounds[(first + index) % backgrounds.length] as string,
    view,
  }))
}

function colourIn({ shapes, colours }: Range, image: number): string {
  const names = new Set(
    shapes.map(({ attributes }) => attributes.find(({ key }) => key === 'colour')?.value),
  )
  return colours[image % Math.max(1, names.size)]?.hex ?? '#888888'
}
