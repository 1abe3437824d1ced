import { bought } from './bought.ts'
import { abandoned, declined, refused, rejected, waiting } from './lost.ts'
import type { Placed } from './placed.ts'
import { after, hour, type Story } from './story.ts'

type Decision = 'ALLOW' | 'REQUIRE_3DS' | 'REVIEW' | 'REJECT'

/** What came in so lately, nobody has looked at yet. */
const unseenHours = 40

export function storyOf(placed: Placed, decision: Decision, end: Date): Story {
  const { outcome, placedAt, order } = placed
  if (decision === 'REJECT') return refused(placed)
  if (outcome === 'DECLINED') return declined(placed)
  if (outcome === 'ABANDONED') return abandoned(placed)
  if (decision !== 'REVIEW') return bought(placed, { needs3ds: decision === 'REQUIRE_3DS' })
  const openedAt = after(placedAt, 3)
  if (+end - +placedAt < unseenHours * hour * 1000) return waiting(placed, openedAt)
  const decidedAt = after(placedAt, order.cancelledAt ? hour / 2 : hour + (placed.place % 8) * hour)
  if (order.fraud) return rejected(placed, { openedAt, decidedAt })
  return bought(placed, { needs3ds: false, review: { state: 'RELEASED', openedAt, decidedAt } })
}
