import type { ApiKeyResolvers } from './types.generated.ts'

export const ApiKey: ApiKeyResolvers = {
  __resolveReference: ({ id }, { apiKeyById }) => apiKeyById.load(id),
}
