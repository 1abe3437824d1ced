import type { WebhookReplayedResolvers } from './types.generated.ts'

export const WebhookReplayed: WebhookReplayedResolvers = {
  delivery: ({ deliveryId }, _, { deliveriesById }) => deliveriesById.load(deliveryId),
}
