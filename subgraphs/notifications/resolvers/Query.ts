import { templates } from '../templates/all.ts'
import type { QueryResolvers } from './types.generated.ts'

export const Query: QueryResolvers = {
  emailLog: (_, { state, ...page }, { emailLog }) => emailLog(state ?? null, page),
  emailTemplates: () => templates,
}
