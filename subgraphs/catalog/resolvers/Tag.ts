import type { TagResolvers } from './types.generated.ts'

export const Tag: TagResolvers = {
  __resolveReference: ({ id }, { byId }) => byId.tag.load(id),
}
