import { defaultAddressId } from '../domain/user.ts'
import type { UserResolvers } from './types.generated.ts'

export const User: UserResolvers = {
  __resolveReference: ({ id }, { users }) => users.load(id),
  profile: ({ id }, _, { profiles }) => profiles.load(id),
  addresses: ({ id }, page, { addresses }) => addresses.listOf(id, page),
  defaultAddress: async ({ id }, { kind }, { profiles, addressById }) =>
    addressById.load(defaultAddressId(await profiles.load(id), kind)),
  sessions: ({ id }, _, { sessionsOf }) => sessionsOf.load(id),
}
