import type { Step } from './checkout-machine.ts'

/** What an owner keeps a step under, and what its undoing names. */
export const stepKey = (orderId: string, step: Step): string => `order:${orderId}:${step}`

/** Of an undoing, which has a key of its own. */
export const undoKey = (orderId: string, step: Step): string => `${stepKey(orderId, step)}:undo`
