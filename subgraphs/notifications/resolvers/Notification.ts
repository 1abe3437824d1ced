import { textOf } from '../domain/notice.ts'
import type { NotificationResolvers } from './types.generated.ts'

export const Notification: NotificationResolvers = {
  __resolveReference: ({ id }, { noticesById }) => noticesById.load(id),
  text: ({ kind }, { locale }) => textOf(kind, locale),
  order: ({ orderId }) => ({ id: orderId }),
}
