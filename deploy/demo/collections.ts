import { idAt } from './ids.ts'
import { productAt } from './products.ts'
import { type Named, type Options, openedAt, type Product, slugOf } from './shop.ts'

export interface Collection extends Named {
  readonly description: string
  /** Chosen by hand, in the order they are shown. */
  readonly productIds: readonly string[]
}

const priceOf = ({ variants }: Product) => variants[0]?.amountMinor ?? 0
const tagged = (tag: string) => (product: Product) => product.tags.includes(tag)

const choices: readonly [name: string, description: string, fits: (product: Product) => boolean][] =
  [
    ['Summer', 'Light, bright and quick to dry.', tagged('summer')],
    [
      'Gifts under 25',
      'Small things that arrive in time.',
      (product) => tagged('gift')(product) && priceOf(product) < 2500,
    ],
    [
      'Winter Warmers',
      'Wool, steam and lamplight.',
      (product) => tagged('winter')(product) || tagged('warm')(product),
    ],
    ['Breakfast', 'For the best hour of the day.', tagged('breakfast')],
    ['Back to School', 'Everything but the homework.', tagged('school')],
    [
      'Weekend Outdoors',
      'Pack on Friday.',
      (product) => tagged('outdoor')(product) || tagged('hiking')(product),
    ],
    ['Desk and Study', 'Work that is pleasant to sit down to.', tagged('office')],
    ['Kind to the World', 'Organic, recycled, refilled.', tagged('sustainable')],
  ]

/** Each holds at most 36 products, found among the first 2,000. */
export function collections(options: Options): Collection[] {
  const looked = Math.min(options.products, 2000)
  const among = Array.from({ length: looked }, (_, number) => productAt(options, number)).filter(
    ({ status }) => status === 'ACTIVE',
  )
  return choices.map(([name, description, fits], index) => ({
    id: idAt('collection', index, { seed: options.seed, ms: openedAt(options) }),
    slug: slugOf(name),
    name,
    description,
    productIds: among
      .filter(fits)
      .slice(0, 36)
      .map(({ id }) => id),
  }))
}
