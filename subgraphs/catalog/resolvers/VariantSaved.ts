import type { VariantSavedResolvers } from './types.generated.ts'

export const VariantSaved: VariantSavedResolvers = {
  variant: ({ variantId }, _, { byId }) => byId.variant.load(variantId),
}
