import type { Connection } from '@shop/kit/pagination'
import type { User } from '../domain/user.ts'

export type { AuthPayload, SignedInUser } from '../domain/grant.ts'
export type { Role } from '../domain/roles.ts'
export type { Session, User, UserProfile } from '../domain/user.ts'

type UserConnection = Connection<User>

export type { UserConnection }
