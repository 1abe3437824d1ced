import type { Live } from '@shop/kit/live'
import type { Notice } from './domain/notice.ts'

export const topicOf = (userId: string) => `notifications.of.${userId}`

interface Needs {
  readonly live: Live
  readonly signal: AbortSignal
  readonly notices: { withIds(ids: readonly string[]): Promise<Notice[]> }
}

/** Each hint has the truth read; one that was lost is still there to be read in the list. */
export async function* followed({ live, signal, notices }: Needs, userId: string) {
  for await (const heard of live.subscribe(topicOf(userId), signal)) {
    if (heard.kind === 'lagged') continue
    const { notificationId } = heard.payload as { notificationId: string }
    yield* await notices.withIds([notificationId])
  }
}
