export const changedTopic = (orderId: string): string => `payments.changed.${orderId}`
