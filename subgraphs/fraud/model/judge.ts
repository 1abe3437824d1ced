import { judging } from '@shop/kit/learn/report'
import { judgedFraud } from './figures.ts'

await judging(judgedFraud)
