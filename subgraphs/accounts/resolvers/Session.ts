import type { SessionResolvers } from './types.generated.ts'

export const Session: SessionResolvers = {
  __resolveReference: ({ id }, { sessions }) => sessions.load(id),
  isCurrent: ({ id }, _, { identity }) => id === identity.sessionId,
}
