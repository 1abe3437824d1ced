import type { Options } from '../shop.ts'

/** However large the catalogue, orders are for so many products at most: the rest is its long tail. */
const mostSold = 20_000

/** The numbers of the products that orders are for, evenly from the whole catalogue, rising. */
export function soldNumbers({ products }: Options): number[] {
  const count = Math.min(products, mostSold)
  return Array.from({ length: count }, (_, index) => Math.floor((index * products) / count))
}
