import { type Chance, chanceOf } from './chance.ts'
import { idAt } from './ids.ts'
import { products } from './products.ts'
import { type Options, openedAt } from './shop.ts'

export interface Warehouse {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly city: string
  readonly country: string
}

export interface StockLevel {
  readonly variantId: string
  readonly warehouseId: string
  /** Pieces on the shelf. */
  readonly onHand: number
  /** From this number down, the stock is low. */
  readonly lowAt: number
}

const places = [
  ['LEJ', 'Leipzig Central', 'Leipzig', 'DE'],
  ['LYS', 'Lyon South', 'Lyon', 'FR'],
  ['RTM', 'Rotterdam Harbour', 'Rotterdam', 'NL'],
] as const

export function warehouses(options: Options): Warehouse[] {
  return places.map(([code, name, city, country], index) => ({
    id: idAt('warehouse', index, { seed: options.seed, ms: openedAt(options) }),
    code,
    name,
    city,
    country,
  }))
}

/** One level a variant and warehouse. Of a hundred variants, four are sold out and eight are low. */
export function* stock(options: Options): Generator<StockLevel> {
  const ids = warehouses(options).map(({ id }) => id)
  for (const { number, variants } of products(options)) {
    const chance = chanceOf(options.seed, 'stock', number)
    for (const { id: variantId } of variants) {
      const lowAt = chance.between(3, 12)
      const pieces = piecesOf(lowAt, chance)
      yield* ids.map((warehouseId, index) => ({
        variantId,
        warehouseId,
        onHand: pieces[index] ?? 0,
        lowAt,
      }))
    }
  }
}

/** What lies in each of the warehouses. */
function piecesOf(lowAt: number, chance: Chance): number[] {
  const state = chance.next()
  const low = chance.between(1, lowAt)
  const usual = Math.exp(3.2 + 0.8 * chance.normal())
  if (state < 0.04) return [0, 0, 0]
  if (state < 0.12) return [low, 0, 0]
  return [0.5, 0.3, 0.2].map((share) => lowAt + 1 + Math.round(usual * share))
}
