import type { MutationResolvers } from './types.generated.ts'

export const Mutation: MutationResolvers = {
  register: (_, { input }, { door }) => door.register(input),
  login: (_, { input }, { door }) => door.login(input),
  refreshToken: (_, { input }, { door }) => door.refresh(input),
  logout: (_, { input }, { door }) => door.logout(input),
}
