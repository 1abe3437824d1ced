import { judging } from '@shop/kit/learn/report'
import { judgeContest } from './judge-contest.ts'

await judging(async (judging) => ({
  capability: 'forecasting',
  metrics: [...(await judgeContest(judging))],
}))
