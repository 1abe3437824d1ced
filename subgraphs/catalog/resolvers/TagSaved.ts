import type { TagSavedResolvers } from './types.generated.ts'

export const TagSaved: TagSavedResolvers = {
  tag: ({ tagId }, _, { byId }) => byId.tag.load(tagId),
}
