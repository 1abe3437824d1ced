import { chanceOf } from '../chance.ts'
import { idAt } from '../ids.ts'
import { placeOf, productAt } from '../products.ts'
import type { Options } from '../shop.ts'
import { soldNumbers } from './sold.ts'

/** Whoever buys the anchor takes the companion along with this probability. */
export interface Bundle {
  readonly id: string
  readonly anchorNumber: number
  readonly companionNumber: number
  readonly anchorId: string
  readonly companionId: string
  readonly probability: number
}

/** What goes with what, by the names of leaves. */
const pairs: readonly (readonly [anchor: string, companion: string])[] = [
  ['Coffee Makers', 'Coffee'],
  ['Kettles', 'Tea'],
  ['Tents', 'Sleeping Bags'],
  ['Smartphones', 'Power Banks'],
  ['Pasta & Rice', 'Oil & Vinegar'],
  ['Face Creams', 'Serums'],
  ['Sofas', 'Cushions & Throws'],
  ['Laptops', 'Bags'],
  ['Running Shoes', 'Bottles & Flasks'],
  ['Tea', 'Biscuits'],
  ['Trousers', 'Shirts'],
  ['Yoga Mats', 'Weights'],
  ['Cameras', 'Bags'],
  ['Teddy Bears', 'Dolls'],
  ['Mugs', 'Chocolate'],
  ['Vases', 'Plants & Pots'],
  ['Pans', 'Knives'],
  ['Helmets', 'Watches'],
  ['Shampoos', 'Soaps'],
  ['Puzzles', 'Board Games'],
]

/** One for each pair, between products that were in the shop from the beginning. */
export function bundles(options: Options): Bundle[] {
  const chance = chanceOf(options.seed, 'bundles')
  const numbers = soldNumbers(options)
  const old = numbers.slice(0, Math.floor(numbers.length * 0.8)).slice(0, 4000)
  const byLeaf = Map.groupBy(old, (number) => placeOf(options, number).leaf.name)
  return pairs.flatMap(([from, to], index) => {
    const anchorNumber = chance.pick(activeOf(options, byLeaf.get(from)))
    const companionNumber = chance.pick(activeOf(options, byLeaf.get(to)))
    const probability = chance.between(25, 55) / 100
    if (anchorNumber === undefined || companionNumber === undefined) return []
    const [anchor, companion] = [anchorNumber, companionNumber].map((n) => productAt(options, n))
    if (!anchor || !companion) return []
    const at = { seed: options.seed, ms: anchor.createdAt.getTime() }
    return {
      id: idAt('bundle', index, at),
      anchorNumber,
      companionNumber,
      anchorId: anchor.id,
      companionId: companion.id,
      probability,
    }
  })
}

const activeOf = (options: Options, numbers: readonly number[] = []) =>
  numbers.slice(0, 12).filter((number) => productAt(options, number).status === 'ACTIVE')
