import { defineListener } from '@shop/kit/events'
import type { Live } from '@shop/kit/live'
import { z } from 'zod'
import { topicOf } from '../follow.ts'

interface Needs {
  live: Live
}

/** Its own event, heard back: whoever follows is told once it is committed, and after a crash too. */
export const onNotificationAdded = defineListener({
  event: 'notifications.notification-added',
  data: z.object({ userId: z.uuid() }),
  run: ({ live }: Needs, { aggregateId: notificationId, data: { userId } }) =>
    live.publish(topicOf(userId), { notificationId }),
})
