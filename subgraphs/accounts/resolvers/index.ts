import { byKind } from '@shop/kit/kind'
import { DateTime, JSONValue } from '@shop/kit/scalars'
import { Address } from './Address.ts'
import { ApiKey } from './ApiKey.ts'
import { Mutation } from './Mutation.ts'
import { Query } from './Query.ts'
import { Session } from './Session.ts'
import { saved } from './saved.ts'
import type { Resolvers } from './types.generated.ts'
import { User } from './User.ts'
import { UserProfile } from './UserProfile.ts'

export const resolvers: Resolvers = {
  ...saved,
  Address,
  ApiKey,
  CreateAddressResult: byKind,
  DateTime,
  JSON: JSONValue,
  Mutation,
  Query,
  Session,
  SetUserRolesResult: byKind,
  User,
  UserProfile,
}
