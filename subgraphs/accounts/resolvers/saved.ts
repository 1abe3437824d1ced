import type {
  AddressSavedResolvers,
  ApiKeyIssuedResolvers,
  ApiKeySavedResolvers,
  EmailNotVerifiedResolvers,
  PasswordChangedResolvers,
  ProfileSavedResolvers,
  SessionsEndedResolvers,
  UserSavedResolvers,
  VerificationRequestedResolvers,
} from './types.generated.ts'

/** Outcomes keep ids alone; what is shown of them is read anew, as its viewer may see it. */
export const AddressSaved: AddressSavedResolvers = {
  address: ({ addressId }, _, { addressById }) => addressById.load(addressId),
}

export const ApiKeyIssued: ApiKeyIssuedResolvers = {
  apiKey: ({ apiKeyId }, _, { apiKeyById }) => apiKeyById.load(apiKeyId),
}

export const ApiKeySaved: ApiKeySavedResolvers = {
  apiKey: ({ apiKeyId }, _, { apiKeyById }) => apiKeyById.load(apiKeyId),
}

export const EmailNotVerified: EmailNotVerifiedResolvers = {
  user: ({ userId }, _, { users }) => users.load(userId),
}

export const PasswordChanged: PasswordChangedResolvers = {
  user: ({ userId }, _, { users }) => users.load(userId),
}

export const ProfileSaved: ProfileSavedResolvers = {
  profile: ({ userId }, _, { profiles }) => profiles.load(userId),
}

export const SessionsEnded: SessionsEndedResolvers = {
  user: ({ userId }, _, { users }) => users.load(userId),
}

export const UserSaved: UserSavedResolvers = {
  user: ({ userId }, _, { users }) => users.load(userId),
}

export const VerificationRequested: VerificationRequestedResolvers = {
  user: ({ userId }, _, { users }) => users.load(userId),
}
