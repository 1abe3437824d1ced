import type { WebhookDeliveryResolvers } from './types.generated.ts'

export const WebhookDelivery: WebhookDeliveryResolvers = {
  __resolveReference: ({ id }, { deliveriesById }) => deliveriesById.load(id),
}
