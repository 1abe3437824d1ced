import { DateTime, JSONValue } from '@shop/kit/scalars'
import { Mutation } from './Mutation.ts'
import { Query } from './Query.ts'
import { Session } from './Session.ts'
import type { Resolvers } from './types.generated.ts'
import { User } from './User.ts'
import { UserProfile } from './UserProfile.ts'

export const resolvers: Resolvers = {
  DateTime,
  JSON: JSONValue,
  Mutation,
  Query,
  Session,
  User,
  UserProfile,
}
