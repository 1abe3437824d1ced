import type { Image, Product } from '../shop.ts'
import { inksFrom, mixed } from './inks.ts'
import { silhouettes } from './silhouettes.ts'

/** An SVG of 800 × 800, always the same. Throws a RangeError where the product has no such image. */
export function drawImage({ images }: Pick<Product, 'images'>, index: number): string {
  const image = images[index]
  if (!image) throw new RangeError(`The product has no image ${index}, but ${images.length}.`)
  const { background, colour } = image
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" width="800" height="800" viewBox="0 0 800 800">',
    `<rect width="800" height="800" fill="${background}"/>`,
    `<circle cx="400" cy="400" r="345" fill="${mixed(background, '#ffffff', 0.45)}"/>`,
    // Light colours would be lost on a light ground: the floor's shadow is of the thing's own hue.
    `<g fill="${mixed(mixed(background, colour, 0.25), '#20222e', 0.16)}">${views[image.view](image)}</g>`,
    '</svg>',
  ].join('')
}

const floor = '<ellipse cx="400" cy="662" rx="250" ry="20"/>'

const views: Readonly<Record<Image['view'], (image: Image) => string>> = {
  front: (image) => floor + thing(image),
  turned: (image) => placed('translate(800 0) scale(-1 1)', floor + thing(image)),
  close: (image) =>
    placed('translate(400 420) rotate(-7) scale(1.4) translate(-400 -420)', thing(image)),
  pair: (image) => {
    const other = { ...image, colour: mixed(image.colour, '#ffffff', 0.3) }
    const behind = placed('translate(250 0) scale(0.74)', floor + thing(other))
    return behind + placed('translate(-30 105) scale(0.82)', floor + thing(image))
  },
}

const placed = (transform: string, drawn: string) => `<g transform="${transform}">${drawn}</g>`

function thing({ silhouette, colour }: Image): string {
  const shapes = (silhouettes as Readonly<Record<string, string>>)[silhouette]
  if (shapes === undefined) throw new RangeError(`There is no silhouette ${silhouette}.`)
  const inks = inksFrom(colour)
  return shapes
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => shapeOf(line.trim(), inks))
    .join('')
}

const line = /^([a-z])(m?)(?: s(\d+))?(?:@(\d+))? (?:([or]) )?(.*)$/

function shapeOf(written: string, inks: Readonly<Record<string, string>>): string {
  const [, ink = '', mirrored, stroke, degrees, kind, data = ''] = line.exec(written) ?? []
  const fill = inks[ink]
  if (fill === undefined) throw new RangeError(`"${written}" is no shape.`)
  const look = stroke
    ? `fill="none" stroke="${fill}" stroke-width="${stroke}" stroke-linecap="round" stroke-linejoin="round"`
    : `fill="${fill}"`
  const drawn = `<${element(kind, data)} ${look}/>`
  if (degrees) return placed(`rotate(${degrees} 400 410)`, drawn)
  return mirrored ? drawn + placed('translate(800 0) scale(-1 1)', drawn) : drawn
}

function element(kind: string | undefined, data: string): string {
  const [a, b, c, d, e] = data.split(' ')
  if (kind === 'o') return `ellipse cx="${a}" cy="${b}" rx="${c}" ry="${d}"`
  if (kind === 'r') return `rect x="${a}" y="${b}" width="${c}" height="${d}" rx="${e}"`
  return `path d="${data}"`
}
