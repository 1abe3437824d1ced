import { viewerIn } from '@shop/kit/identity'
import { roles } from '../domain/roles.ts'
import type { QueryResolvers } from './types.generated.ts'

export const Query: QueryResolvers = {
  me: (_, __, context) => context.users.load(viewerIn(context)),
  user: (_, { id }, { users }) => users.load(id),
  users: (_, { filter, ...page }, { people }) => people.list(filter ?? {}, page),
  roles: () => roles,
  verifyToken: (_, { token }, { statusOf }) => statusOf(token),
  apiKeys: (_, page, { apiKeys }) => apiKeys.list(page),
  apiKeyByHash: (_, { hash }, { grantOf }) => grantOf(hash),
  jwks: (_, __, { tokens }) => tokens.jwks(),
  mailFor: (_, asked, { mailFor }) => mailFor(asked),
}
