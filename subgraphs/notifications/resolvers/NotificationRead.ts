import type { NotificationReadResolvers } from './types.generated.ts'

export const NotificationRead: NotificationReadResolvers = {
  notification: ({ notificationId }, _, { noticesById }) => noticesById.load(notificationId),
}
