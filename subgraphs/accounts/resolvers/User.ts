import type { UserResolvers } from './types.generated.ts'

export const User: UserResolvers = {
  __resolveReference: ({ id }, { users }) => users.load(id),
  profile: ({ id }, _, { profiles }) => profiles.load(id),
  sessions: ({ id }, _, { sessionsOf }) => sessionsOf.load(id),
}
