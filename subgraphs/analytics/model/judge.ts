import { judging } from '@shop/kit/learn/report'
import { judgedConversion } from './judge/conversion.ts'
import { judgedCustomers } from './judge/customers.ts'

await judging(async (asked) => ({
  capability: 'analytics',
  metrics: [...judgedConversion(asked), ...judgedCustomers(asked)],
}))
