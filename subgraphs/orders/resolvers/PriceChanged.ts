import type { PriceChangedResolvers } from './types.generated.ts'

export const PriceChanged: PriceChangedResolvers = {
  quote: ({ quoteId }, _, { loaders }) => (quoteId ? loaders.quotes.load(quoteId) : null),
}
