import type { HoldGoneResolvers } from './types.generated.ts'

export const HoldGone: HoldGoneResolvers = {
  hold: ({ holdId }, _, { holdsById }) => holdsById.load(holdId),
}
