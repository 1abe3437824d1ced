import type { Clock } from '@shop/kit/clock'
import { NotFound } from '@shop/kit/errors'
import { isId } from '@shop/kit/ids'

interface Local {
  clock: Clock
  webhooks: { replay(id: string, now: Date): Promise<boolean> }
}

export interface WebhookReplayed {
  readonly kind: 'WebhookReplayed'
  readonly deliveryId: string
}

/** Looked into again, from the row that was kept. */
export async function replayWebhook(
  { clock, webhooks }: Local,
  { id }: { readonly id: string },
): Promise<WebhookReplayed> {
  const isThere = isId(id) && (await webhooks.replay(id, clock.now()))
  if (!isThere) throw new NotFound('There is no such delivery.')
  return { kind: 'WebhookReplayed', deliveryId: id }
}
