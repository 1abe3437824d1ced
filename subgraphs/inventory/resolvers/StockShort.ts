import type { StockShortResolvers } from './types.generated.ts'

export const StockShort: StockShortResolvers = {
  variants: ({ variantIds }) => variantIds.map((id) => ({ id })),
}
