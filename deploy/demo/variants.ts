import type { Chance } from './chance.ts'
import type { Place } from './departments/all.ts'
import { type Colour, palettes } from './departments/colours.ts'
import { gtinOf } from './gtin.ts'
import { idAt } from './ids.ts'
import { pricePoint } from './prices.ts'
import type { Attribute, Variant } from './shop.ts'

/** No product has more. */
export const mostVariants = 12

interface Shape {
  readonly attributes: readonly Attribute[]
  readonly price: number
  readonly weight: number
}

export interface Range {
  readonly shapes: readonly Shape[]
  /** The first is the product's own colour, whether or not it comes in colours. */
  readonly colours: readonly Colour[]
}

/** How the product comes: its variants, with price and weight as factors of the first one's. */
export function rangeOf({ leaf: { comes }, department }: Place, chance: Chance): Range {
  const colours = chance.shuffled(palettes[department.palette])
  const some = (most: number) => colours.slice(0, chance.between(1, most))
  if (comes === 'once') return { shapes: [{ attributes: [], price: 1, weight: 1 }], colours }
  if (comes === 'colours')
    return crossed([{ attributes: [], price: 1, weight: 1 }], some(6), colours)
  if (comes === 'capacities') return crossed(capacities(chance), some(3), colours)
  if (comes === 'sizes')
    return crossed(sizes(['XS', 'S', 'M', 'L', 'XL', 'XXL'], chance), some(2), colours)
  if (comes === 'shoe sizes') return crossed(sizes(shoeSizes, chance), some(2), colours)
  return { shapes: packs(comes), colours }
}

const shoeSizes = ['36', '37', '38', '39', '40', '41', '42', '43', '44', '45', '46']

function crossed(
  shapes: readonly Shape[],
  of: readonly Colour[],
  colours: readonly Colour[],
): Range {
  const coloured = of.flatMap(({ name }) =>
    shapes.map(({ attributes, ...shape }) => ({
      ...shape,
      attributes: [...attributes, { key: 'colour', value: name }],
    })),
  )
  return { shapes: coloured, colours }
}

function sizes(all: readonly string[], chance: Chance): Shape[] {
  const count = chance.between(3, 6)
  const first = chance.between(0, all.length - count)
  return all.slice(first, first + count).map((value, index) => ({
    attributes: [{ key: 'size', value }],
    price: 1,
    weight: 1 + 0.04 * index,
  }))
}

function capacities(chance: Chance): Shape[] {
  const all = [64, 128, 256, 512, 1024]
  const first = chance.between(0, 2)
  return all.slice(first, first + chance.between(1, 3)).map((value, index) => ({
    attributes: [{ key: 'capacity', value }],
    price: 1.14 ** index,
    weight: 1,
  }))
}

/** Twice as much is 1.8 times as dear. */
function packs(all: readonly string[]): Shape[] {
  const amounts = all.map((pack) => Number.parseFloat(pack))
  return all.map((value, index) => {
    const times = (amounts[index] ?? 1) / (amounts[0] ?? 1)
    return { attributes: [{ key: 'pack', value }], price: times ** 0.85, weight: times }
  })
}

export interface Basis {
  readonly seed: number
  readonly ms: number
  readonly number: number
  readonly skuStart: string
  /** Euros and grams of the first variant. */
  readonly euros: number
  readonly grams: number
  /** What the price is today, as a share of the list price. */
  readonly share: number
}

export function variantsOf({ shapes }: Range, basis: Basis, priceNow: PriceNow): Variant[] {
  const { seed, ms, number, skuStart, euros, grams, share } = basis
  return shapes.slice(0, mostVariants).map((shape, index) => {
    const serial = number * mostVariants + index
    const listMinor = pricePoint(euros * shape.price * 100)
    const amountMinor = priceNow(listMinor, share)
    return {
      id: idAt('variant', serial, { seed, ms }),
      sku: `${skuStart}-${String(index + 1).padStart(2, '0')}`,
      gtin: gtinOf(serial),
      attributes: shape.attributes,
      amountMinor,
      // A few cents less are no sale to shout about.
      compareAtMinor: amountMinor < listMinor * 0.93 ? listMinor : null,
      listMinor,
      weightGrams: Math.round(grams * shape.weight),
    }
  })
}

type PriceNow = (listMinor: number, share: number) => number
