import type { UserProfileResolvers } from './types.generated.ts'

export const UserProfile: UserProfileResolvers = {
  __resolveReference: ({ id }, { profiles }) => profiles.load(id),
}
