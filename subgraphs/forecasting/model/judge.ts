import { judging } from '@shop/kit/learn/report'
import { judgeContest } from './judge-contest.ts'
import { judgeDemand } from './judge-demand.ts'
import { judgeHierarchy } from './judge-hierarchy.ts'
import { judgePromotion } from './judge-promotion.ts'

await judging(async (judging) => ({
  capability: 'forecasting',
  metrics: [
    ...(await judgeContest(judging)),
    ...(await judgeDemand(judging)),
    ...judgeHierarchy(judging),
    ...judgePromotion(judging),
  ],
}))
