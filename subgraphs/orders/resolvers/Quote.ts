import { costStepsOf } from '../domain/price.ts'
import type { QuoteResolvers } from './types.generated.ts'

export const Quote: QuoteResolvers = {
  items: ({ price, names }) =>
    price.lines.map((line) => ({ line, named: names.find(({ id }) => id === line.variantId) })),
  subtotal: ({ price }) => price.subtotal,
  discount: ({ price }) => price.discount,
  shipping: ({ price }) => price.shipping,
  tax: ({ price }) => price.tax,
  total: ({ price }) => price.total,
  pricesIncludeTax: ({ price }) => price.pricesIncludeTax,
  discounts: ({ price }) => price.discounts,
  explain: ({ price }) => costStepsOf(price.explain),
  shippingMethodId: ({ price }) => price.shippingMethodId,
}
