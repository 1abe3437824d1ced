import type { CategorySavedResolvers } from './types.generated.ts'

export const CategorySaved: CategorySavedResolvers = {
  category: ({ categoryId }, _, { byId }) => byId.category.load(categoryId),
}
