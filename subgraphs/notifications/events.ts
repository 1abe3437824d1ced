import { defineEvent } from '@shop/kit/events'
import { z } from 'zod'

export const notificationAdded = defineEvent({
  name: 'notifications.notification-added',
  version: 1,
  aggregate: 'notification',
  data: z.object({ userId: z.uuid() }),
})
