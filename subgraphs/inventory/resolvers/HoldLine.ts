import type { HoldLineResolvers } from './types.generated.ts'

export const HoldLine: HoldLineResolvers = {
  variant: ({ variantId }) => ({ id: variantId }),
}
