import { subjectOf } from '../domain/mail.ts'
import type { EmailLogResolvers } from './types.generated.ts'

export const EmailLog: EmailLogResolvers = {
  user: ({ recipient }) => subjectOf(recipient, 'user'),
  order: ({ recipient }) => subjectOf(recipient, 'order'),
}
