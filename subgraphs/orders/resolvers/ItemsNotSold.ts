import type { ItemsNotSoldResolvers } from './types.generated.ts'

export const ItemsNotSold: ItemsNotSoldResolvers = {
  variants: ({ variantIds }) => variantIds.map((id) => ({ id })),
}
