import {
  clearReadNotifications,
  markAllNotificationsAsRead,
  markNotificationAsRead,
} from '../domain/read-notices.ts'
import type { MutationResolvers } from './types.generated.ts'

export const Mutation: MutationResolvers = {
  markNotificationAsRead: (_, { input }, context) =>
    context.once('markNotificationAsRead', markNotificationAsRead, input),
  markAllNotificationsAsRead: (_, { input }, context) =>
    context.once('markAllNotificationsAsRead', markAllNotificationsAsRead, input),
  clearReadNotifications: (_, { input }, context) =>
    context.once('clearReadNotifications', clearReadNotifications, input),
}
