import { DateTime } from '@shop/kit/scalars'
import { EmailLog } from './EmailLog.ts'
import { EmailTemplate } from './EmailTemplate.ts'
import { Mutation } from './Mutation.ts'
import { Notification } from './Notification.ts'
import { NotificationRead } from './NotificationRead.ts'
import { Query } from './Query.ts'
import { Subscription } from './Subscription.ts'
import type { Resolvers } from './types.generated.ts'
import { User } from './User.ts'

export const resolvers: Resolvers = {
  DateTime,
  EmailLog,
  EmailTemplate,
  Mutation,
  Notification,
  NotificationRead,
  Query,
  Subscription,
  User,
}
