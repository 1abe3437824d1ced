import type { TagFacetResolvers } from './types.generated.ts'

export const TagFacet: TagFacetResolvers = {
  tag: ({ id }, _, { byId }) => byId.tag.load(id),
}
