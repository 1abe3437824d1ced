import type { Resolvers } from './types.generated.ts'

/** Outcomes keep ids alone; what is shown of them is read anew, as its viewer may see it. */
export const saved: Resolvers = {
  AddressSaved: {
    address: ({ addressId }, _, { addressById }) => addressById.load(addressId),
  },
  ApiKeyIssued: {
    apiKey: ({ apiKeyId }, _, { apiKeyById }) => apiKeyById.load(apiKeyId),
  },
  ApiKeySaved: {
    apiKey: ({ apiKeyId }, _, { apiKeyById }) => apiKeyById.load(apiKeyId),
  },
  EmailNotVerified: {
    user: ({ userId }, _, { users }) => users.load(userId),
  },
  PasswordChanged: {
    user: ({ userId }, _, { users }) => users.load(userId),
  },
  ProfileSaved: {
    profile: ({ userId }, _, { profiles }) => profiles.load(userId),
  },
  SessionsEnded: {
    user: ({ userId }, _, { users }) => users.load(userId),
  },
  UserSaved: {
    user: ({ userId }, _, { users }) => users.load(userId),
  },
  VerificationRequested: {
    user: ({ userId }, _, { users }) => users.load(userId),
  },
}
