import type { PriceReleasedResolvers } from './types.generated.ts'

export const PriceReleased: PriceReleasedResolvers = {
  at: ({ at }) => new Date(at),
}
