import { csvRows, type DataSets } from '@shop/kit/learn/data'
import type { Judging, Metric } from '@shop/kit/learn/report'
import { type PromotedPeriod, promotionUplift } from './promotion.ts'

const set = 'complete-journey'

/** Whether the uplift of promotions, learned on weeks 1 to 40, is what later weeks show. */
export function judgePromotion({ data, seed }: Judging): Metric[] {
  const learned = promotionUplift(periodsOf(data, 'train'), seed)
  const later = promotionUplift(periodsOf(data, 'scored'), seed)
  const [low, high] = later.interval
  return [
    {
      name: 'complete-journey promotion uplift, absolute log ratio of learned to later',
      higherIsBetter: false,
      value: Math.abs(Math.log(learned.factor / later.factor)),
      baselines: { 'no uplift': { value: Math.abs(Math.log(later.factor)) } },
      scored: later.skus,
      note: `Learned ${learned.factor.toFixed(2)} (${learned.interval.map((end) => end.toFixed(2)).join(' to ')}), later ${later.factor.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)}). Both tables are samples: what is not listed may have been promoted, which draws the factor to 1.`,
    },
  ]
}

/** Each product at each store where it was ever promoted and sold, week by week. */
function periodsOf(data: DataSets, split: 'train' | 'scored'): PromotedPeriod[] {
  const sales = csvRows(data[split](`${set}/transactions`))
  const promoted = csvRows(data[split](`${set}/promotions`))
  const units = new Map<string, number>()
  const trade = new Map<string, number>()
  for (const row of sales) {
    const place = `${row.product_id} ${row.store_id}`
    units.set(`${place} ${row.week}`, (units.get(`${place} ${row.week}`) ?? 0) + 1)
    trade.set(row.week ?? '', (trade.get(row.week ?? '') ?? 0) + 1)
    units.set(place, 1)
  }
  const weeks = [...trade.keys()]
  const usual = sales.length / weeks.length
  const when = Map.groupBy(promoted, (row) => `${row.product_id} ${row.store_id}`)
  return [...when]
    .filter(([place]) => units.has(place))
    .flatMap(([place, rows]) => {
      const then = new Set(rows.map(({ week }) => week))
      return weeks.map((week) => ({
        sku: place,
        promoted: then.has(week),
        units: units.get(`${place} ${week}`) ?? 0,
        trade: (trade.get(week) ?? 0) / usual,
      }))
    })
}
