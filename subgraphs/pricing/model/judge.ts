import { judging } from '@shop/kit/learn/report'
import { judgeDemand } from './judge-demand.ts'
import { judgeKnown } from './judge-known.ts'

await judging(async (judging) => ({
  capability: 'pricing',
  metrics: [...judgeDemand(judging), ...judgeKnown(judging)],
}))
