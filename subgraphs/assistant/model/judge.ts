import { judging } from '@shop/kit/learn/report'
import { judgedAssistant } from './figures.ts'

await judging(judgedAssistant)
