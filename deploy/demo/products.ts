import { categoryId, leafSlugs, sellerCount, sellerId } from './categories.ts'
import { type Chance, chanceOf } from './chance.ts'
import { departments, type Place, places } from './departments/all.ts'
import { describe } from './describe.ts'
import { idAt } from './ids.ts'
import { imagesOf } from './images.ts'
import { priceAt, priceChanges } from './prices.ts'
import {
  type Attribute,
  dayMs,
  historyStart,
  type Options,
  openedAt,
  type Product,
  slugOf,
} from './shop.ts'
import { rangeOf, variantsOf } from './variants.ts'

/** In the order of their making, so that ids rise. Nothing of a product is kept after the next. */
export function* products(options: Options): Generator<Product> {
  for (let number = 0; number < options.products; number += 1) yield productAt(options, number)
}

/** The product of this number, from 0, as the stream has it. */
export function productAt(options: Options, number: number): Product {
  const { seed } = options
  const place = placeOf(options, number)
  const chance = chanceOf(seed, 'product', number)
  const { leaf, department } = place
  const ms = createdAt(options, number)
  const range = rangeOf(place, chance)
  const brandIndex = chance.below(department.brands.length)
  const words = {
    brand: department.brands[brandIndex] as string,
    series: seriesOf(place, chance),
  }
  const { attributes, description } = describe(place, words, chance)
  const name = `${words.brand} ${words.series} ${leaf.noun}`
  const [low, high] = leaf.price
  const [light, heavy] = leaf.grams
  const state = stateOf(options, ms, chance)
  const variants = variantsOf(
    range,
    {
      seed,
      ms,
      number,
      skuStart: `${department.name.slice(0, 3).toUpperCase()}-${code(number).toUpperCase()}`,
      euros: low * (high / low) ** (chance.next() ** 1.3),
      grams: massOf(attributes) ?? chance.between(light, heavy),
      share: priceChanges(options, number).at(-1)?.share ?? 1,
    },
    priceAt,
  )
  return {
    id: idAt('product', number, { seed, ms }),
    number,
    slug: `${slugOf(name)}-${code(number)}`,
    name,
    description,
    brandId: idAt('brand', place.departmentIndex * 100 + brandIndex, {
      seed,
      ms: openedAt(options),
    }),
    sellerId: sellerId(options, chance.happens(0.4) ? 0 : chance.below(sellerCount)),
    categoryId: categoryId(options, leafSlugs[place.leafIndex] as string),
    tags: tagsOf(place, attributes, chance),
    attributes,
    ...state,
    createdAt: new Date(ms),
    variants,
    images: imagesOf({ seed, number, name, silhouette: leaf.drawn, ms }, range, chance),
  }
}

/** Where a weight is what the product is about, it is also what it weighs. */
function massOf(attributes: readonly Attribute[]): number | null {
  const mass = attributes.find(({ key }) => key === 'mass')?.value
  return typeof mass === 'number' ? mass * 1000 : null
}

const green = new Set([
  'organic',
  'recycled',
  'vegan',
  'fair',
  'refill',
  'plasticfree',
  'repairable',
])

function tagsOf({ leaf }: Place, attributes: readonly Attribute[], chance: Chance): string[] {
  const own = leaf.tags.filter((_, index) => index === 0 || chance.happens(0.7))
  const kind = attributes.some(({ key, value }) => value === true && green.has(key))
  return kind ? [...own, 'sustainable'] : own
}

/** One word of the department's, or two, so that names seldom meet. */
function seriesOf({ department }: Place, chance: Chance): string {
  const [first = '', second = ''] = chance.shuffled(department.series)
  return chance.happens(0.65) ? `${first} ${second}` : first
}

const code = (number: number) => number.toString(36).padStart(4, '0')

const placesIn = departments.map((_, index) =>
  places.filter(({ departmentIndex }) => departmentIndex === index),
)

const weights = departments.map(({ weight }) => weight)

/** The first products take one leaf each, in a mixed order; the rest fall by the departments' weights. */
export function placeOf({ seed }: Options, number: number): Place {
  if (number < places.length) return chanceOf(seed, 'places').shuffled(places)[number] as Place
  const chance = chanceOf(seed, 'place', number)
  const index = chance.among(weights)
  return chance.pick(placesIn[index] as readonly Place[])
}

/** Most were there before the history began; the last 15 % came during it. */
function createdAt(options: Options, number: number): number {
  const share = (number + 0.5) / options.products
  const opened = openedAt(options)
  const before = historyStart(options) - 14 * dayMs
  if (share < 0.85) return Math.floor(opened + ((before - opened) * share) / 0.85)
  const last = options.until.getTime() - 20 * dayMs
  return Math.floor(before + ((last - before) * (share - 0.85)) / 0.15)
}

function stateOf(
  options: Options,
  ms: number,
  chance: Chance,
): Pick<Product, 'status' | 'archivedAt'> {
  const draw = chance.next()
  const archivedAt = options.until.getTime() - chance.between(5, 120) * dayMs
  if (draw < 0.02 && archivedAt > ms)
    return { status: 'ARCHIVED', archivedAt: new Date(archivedAt) }
  return { status: draw > 0.98 ? 'DRAFT' : 'ACTIVE', archivedAt: null }
}
