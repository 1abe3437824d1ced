import type { HoldSettledResolvers } from './types.generated.ts'

export const HoldSettled: HoldSettledResolvers = {
  hold: ({ holdId }, _, { holdsById }) => holdsById.load(holdId),
}
