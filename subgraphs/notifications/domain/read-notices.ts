import type { Clock } from '@shop/kit/clock'
import { NotFound } from '@shop/kit/errors'
import { type Asked, viewerIn } from '@shop/kit/identity'
import { isId } from '@shop/kit/ids'

interface Needs extends Asked {
  clock: Clock
  notices: {
    /** False where it is nobody's, or somebody else's. */
    read(userId: string, id: string, now: Date): Promise<boolean>
    readAll(userId: string, now: Date): Promise<number>
    clearRead(userId: string): Promise<number>
  }
}

interface Keyed {
  readonly idempotencyKey: string
}

export async function markNotificationAsRead(
  needs: Needs,
  { notificationId }: Keyed & { notificationId: string },
) {
  const { clock, notices } = needs
  const userId = viewerIn(needs)
  const isTheirs = isId(notificationId) && (await notices.read(userId, notificationId, clock.now()))
  if (!isTheirs) throw new NotFound('There is no such notification.')
  return { kind: 'NotificationRead', notificationId } as const
}

export async function markAllNotificationsAsRead(needs: Needs, _: Keyed) {
  const marked = await needs.notices.readAll(viewerIn(needs), needs.clock.now())
  return { kind: 'NotificationsRead', marked } as const
}

export async function clearReadNotifications(needs: Needs, _: Keyed) {
  const cleared = await needs.notices.clearRead(viewerIn(needs))
  return { kind: 'NotificationsCleared', cleared } as const
}
