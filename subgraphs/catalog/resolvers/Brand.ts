import type { BrandResolvers } from './types.generated.ts'

export const Brand: BrandResolvers = {
  __resolveReference: ({ id }, { byId }) => byId.brand.load(id),
}
