import type { Connection } from '@shop/kit/pagination'
import type { ApiKey } from '../domain/api-keys.ts'
import type { Address, User } from '../domain/user.ts'

export type { ApiKey, ApiKeyGrant } from '../domain/api-keys.ts'
export type { AuthPayload, SignedInUser } from '../domain/grant.ts'
export type { Mail } from '../domain/mail.ts'
export type { Role } from '../domain/roles.ts'
export type { Address, Session, User, UserProfile } from '../domain/user.ts'

export type AddressConnection = Connection<Address>
export type ApiKeyConnection = Connection<ApiKey>
export type UserConnection = Connection<User>

interface OfUser<K extends string> {
  readonly kind: K
  readonly userId: string
}

export type EmailNotVerified = OfUser<'EmailNotVerified'>
export type PasswordChanged = OfUser<'PasswordChanged'>
export type ProfileSaved = OfUser<'ProfileSaved'>
export type SessionsEnded = OfUser<'SessionsEnded'>
export type UserSaved = OfUser<'UserSaved'>
export type VerificationRequested = OfUser<'VerificationRequested'>

export interface AddressSaved {
  readonly kind: 'AddressSaved'
  readonly addressId: string
}

export interface TooManyAddresses {
  readonly kind: 'TooManyAddresses'
  readonly most: number
}

export interface ApiKeySaved {
  readonly kind: 'ApiKeySaved'
  readonly apiKeyId: string
}

export interface ApiKeyIssued {
  readonly kind: 'ApiKeyIssued'
  readonly apiKeyId: string
  readonly key: string
}
