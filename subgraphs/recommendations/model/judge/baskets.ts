import { associationRules } from '@shop/kit/learn/association-rules'
import { csvRows } from '@shop/kit/learn/data'
import { frequentItemSets } from '@shop/kit/learn/item-sets'
import type { Judging, Metric } from '@shop/kit/learn/report'

/** What arules finds at support 0.001 and confidence 0.5 in all 9,835 baskets. */
const published = { baskets: 9835, sets: 13_492, rules: 5668 }

/** All baskets there are: with the held ones the counts have to be those of arules, exactly. */
export function judgedBaskets({ data }: Judging): Metric[] {
  const files = ['train', 'validation'].map((name) =>
    data.file(`groceries-baskets/baskets_${name}`),
  )
  const all = new Set([...files, data.scored('groceries-baskets/baskets')])
  const baskets = [...all].flatMap(csvRows).map(({ item_ids: ids = '' }) => ids.split(' '))
  const sets = frequentItemSets(baskets, { support: 0.001 })
  const rules = associationRules(sets, { baskets: baskets.length, confidence: 0.5 })
  const whole = baskets.length === published.baskets
  const metric = (name: string, value: number, expected: number): Metric => ({
    name: `groceries ${name}`,
    value,
    higherIsBetter: true,
    scored: baskets.length,
    ...(whole && { floor: expected, aim: expected }),
    note: whole
      ? `Exactly ${expected} by arules: ${value === expected ? 'equal' : 'NOT EQUAL'}.`
      : 'Some of the 9,835 baskets are held out, so that the published count does not apply.',
  })
  return [
    metric('item sets', sets.length, published.sets),
    metric('rules', rules.length, published.rules),
  ]
}
