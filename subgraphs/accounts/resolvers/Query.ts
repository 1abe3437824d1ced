import { viewerIn } from '@shop/kit/identity'
import { roles } from '../domain/roles.ts'
import type { QueryResolvers } from './types.generated.ts'

export const Query: QueryResolvers = {
  me: (_, __, context) => context.users.load(viewerIn(context)),
  user: (_, { id }, { users }) => users.load(id),
  users: (_, { filter, ...page }, { people }) => people.list(filter ?? {}, page),
  roles: () => roles,
  verifyToken: (_, { token }, { statusOf }) => statusOf(token),
  jwks: (_, __, { tokens }) => tokens.jwks(),
}
