import type { Slots } from './slots.ts'

/**
 * What the assistant may propose: names of persisted operations and the slots they take. None takes
 * a customer, a token or an id of anything but what the message named, and an order is looked up by
 * its number among the orders of whoever's token the call carries: another's cannot be named.
 */
const tools = {
  myOrder: { needs: ['orderNumber'], changes: false },
  myOrders: { needs: [], changes: false },
  myReturns: { needs: [], changes: false },
  requestReturn: { needs: ['orderNumber'], changes: true },
  cancelOrder: { needs: ['orderNumber'], changes: true },
} as const satisfies Record<string, { needs: readonly (keyof Slots)[]; changes: boolean }>

export type ToolName = keyof typeof tools

const toolOfIntent: Readonly<Record<string, ToolName>> = {
  cancel_order: 'cancelOrder',
  track_order: 'myOrder',
  get_refund: 'requestReturn',
  track_refund: 'myReturns',
  list_orders: 'myOrders',
}

/** A call to be made under the shopper's own token, or what is to be asked before it can be. */
export type Proposal =
  | {
      readonly kind: 'Call'
      readonly tool: ToolName
      readonly arguments: Readonly<Record<string, unknown>>
      /** It changes something: the shopper is shown it and agrees first. */
      readonly confirm: boolean
    }
  | { readonly kind: 'Ask'; readonly tool: ToolName; readonly missing: readonly (keyof Slots)[] }

/** From the intent and what the message names alone: no retrieved text and no model has a say. */
export function proposedFor(intent: string, slots: Slots): Proposal | undefined {
  if (!Object.hasOwn(toolOfIntent, intent)) return undefined
  const tool = toolOfIntent[intent] as ToolName
  const { needs, changes } = tools[tool]
  const missing = needs.filter((each) => slots[each] === undefined)
  if (missing.length > 0) return { kind: 'Ask', tool, missing }
  const given = Object.fromEntries(needs.map((each) => [each, slots[each]]))
  return { kind: 'Call', tool, arguments: given, confirm: changes }
}
