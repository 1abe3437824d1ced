import type { CategoryResolvers } from './types.generated.ts'

export const Category: CategoryResolvers = {
  __resolveReference: ({ id }, { byId }) => byId.category.load(id),
  parent: ({ parentId }, _, { byId }) => (parentId ? byId.category.load(parentId) : null),
  children: ({ id }, _, { of }) => of.children.load(id),
  ancestors: ({ path }, _, { find }) => find.ancestors(path),
  level: ({ path }) => path.length,
  productCount: async ({ id }, _, { counts }) => (await counts.load(id))?.count ?? 0,
  products: ({ id }, { filter, sort, ...page }, { list }) =>
    list({ filter: { ...filter, category: null, categoryId: id }, sort, page }),
}
