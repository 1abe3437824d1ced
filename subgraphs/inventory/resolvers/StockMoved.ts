import type { StockMovedResolvers } from './types.generated.ts'

export const StockMoved: StockMovedResolvers = {
  variant: ({ variantId }) => ({ id: variantId }),
}
