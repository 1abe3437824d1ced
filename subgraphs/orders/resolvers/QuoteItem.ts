import type { QuoteItemResolvers } from './types.generated.ts'

export const QuoteItem: QuoteItemResolvers = {
  id: ({ line }) => line.id,
  variant: ({ line }) => ({ id: line.variantId }),
  sku: ({ named }) => named?.sku ?? '',
  name: ({ named }) => named?.name ?? '',
  quantity: ({ line }) => line.quantity,
  unitPrice: ({ line }) => line.unitPrice,
  discount: ({ line }) => line.discount,
  tax: ({ line }) => line.tax,
  total: ({ line }) => line.total,
}
