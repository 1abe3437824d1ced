import { statisticWithInterval } from '@shop/kit/learn/bootstrap'
import { csvRows, type DataSets } from '@shop/kit/learn/data'
import { randomFrom } from '@shop/kit/learn/random'
import type { Judging, Metric } from '@shop/kit/learn/report'
import { limited } from './demand.ts'
import { shareInError } from './ensemble.ts'
import { medianForecast, seasonalMedian, simple } from './methods.ts'
import { bottomUp, type Hierarchy, hierarchyOf, minimumTrace } from './reconcile.ts'

const name = 'complete-journey/transactions'
const horizon = 4
const warehouses = 4
const goods = 40

interface World {
  hierarchy: Hierarchy
  /** Weekly units, totals first; the last four weeks are to be foretold. */
  weeks: readonly (readonly number[])[]
}

/** Complete-journey: categories by four groups of stores, summed to departments and the shop. */
export function judgeHierarchy({ data, seed }: Judging): Metric[] {
  const world = worldOf(data)
  const weeks = world.weeks[0]?.length ?? 0
  const before = reconciled(world, weeks - 2 * horizon)
  const now = reconciled(world, weeks - horizon)
  const byTrace = meanOfLevels(before.trace) < meanOfLevels(before.bottomUp)
  const chosen = byTrace ? now.trace : now.bottomUp
  return [
    {
      name: 'complete-journey weekly WAPE, mean of levels, reconciled',
      higherIsBetter: false,
      ...statisticWithInterval(chosen, meanOfLevels, randomFrom(seed)),
      baselines: {
        'each by itself, sums do not hold': { value: meanOfLevels(now.alone) },
        'bottom-up': { value: meanOfLevels(now.bottomUp) },
        'minimum trace': { value: meanOfLevels(now.trace) },
      },
      scored: chosen.length,
      note: `${byTrace ? 'Minimum trace' : 'Bottom-up'} was chosen four weeks before. By level, minimum trace / alone / bottom-up: ${table(now.trace, now.alone, now.bottomUp)}.`,
    },
  ]
}

/** The forecasts from one week on, each level by itself and made to sum in two ways. */
function reconciled({ hierarchy, weeks }: World, cut: number) {
  const base = weeks.map((values) => foretold(values.slice(0, cut), horizon))
  const errors = weeks.map((values) => pastErrors(values.slice(0, cut)))
  const steps = Array.from({ length: horizon }, (_, at) => base.map((ahead) => ahead[at] ?? 0))
  const each = (rows: readonly (readonly number[])[]) =>
    weeks.map((values, at) => ({
      ahead: rows.map((row) => row[at] ?? 0),
      truths: values.slice(cut, cut + horizon),
      level: levelOf(hierarchy, at),
    }))
  return {
    alone: each(steps),
    bottomUp: each(steps.map((all) => bottomUp(hierarchy, all.slice(hierarchy.totals.length)))),
    trace: each(steps.map((all) => minimumTrace(hierarchy, all, errors))),
  }
}

interface Row {
  ahead: readonly number[]
  truths: readonly number[]
  level: string
}

function meanOfLevels(rows: readonly Row[]): number {
  const shares = [...Map.groupBy(rows, ({ level }) => level).values()].map(shareInError)
  return shares.reduce((sum, share) => sum + share, 0) / shares.length
}

function table(...all: readonly Row[][]): string {
  const levels = [...new Set(all[0]?.map(({ level }) => level))]
  const share = (rows: readonly Row[], level: string) =>
    shareInError(rows.filter((row) => row.level === level)).toFixed(3)
  return levels
    .map((level) => `${level} ${all.map((rows) => share(rows, level)).join(' / ')}`)
    .join(', ')
}

const levelOf = ({ totals }: Hierarchy, at: number) => totals[at]?.name.split(' ')[0] ?? 'bottom'

function foretold(values: readonly number[], steps: number): number[] {
  const calm = limited(values)
  return medianForecast([
    seasonalMedian(1, 8)(calm, steps),
    simple(calm, steps),
    simple(values, steps),
  ])
}

/** One-step errors at the last sixteen weeks, each foretold from the weeks before it. */
const pastErrors = (values: readonly number[]) =>
  Array.from({ length: 16 }, (_, back) => {
    const at = values.length - 16 + back
    return (values[at] ?? 0) - (foretold(values.slice(0, at), 1)[0] ?? 0)
  })

/** With a held split the validation weeks are history. */
function worldOf(data: DataSets): World {
  const validation = data.file(`${name}_validation`)
  const scored = data.scored(name)
  const held = scored !== validation
  const files = held ? [data.train(name), validation, scored] : [data.train(name), scored]
  const last = held ? 48 : 44
  const products = new Map(
    csvRows(data.file('complete-journey/products')).map((row) => [row.product_id, row]),
  )
  const rows = files
    .flatMap((file) => csvRows(file))
    .map((row) => ({
      sku: products.get(row.product_id)?.product_category ?? '',
      category: products.get(row.product_id)?.department ?? '',
      warehouse: `${Number(row.store_id) % warehouses}`,
      week: Number(row.week),
      // Fuel is sold by the hundredth of a gallon.
      units: Math.min(100, Number(row.quantity)),
    }))
    .filter(({ sku, week }) => sku !== '' && week <= last)
  const volume = Map.groupBy(
    rows.filter(({ week }) => week <= last - horizon),
    ({ sku }) => sku,
  )
  const chosen = new Set(
    [...volume]
      .sort((a, b) => b[1].length - a[1].length)
      .slice(0, goods)
      .map(([sku]) => sku),
  )
  const cells = Map.groupBy(
    rows.filter(({ sku }) => chosen.has(sku)),
    ({ sku, category, warehouse }) => `${sku}|${category}|${warehouse}`,
  )
  const keys = [...cells.keys()].sort()
  const hierarchy = hierarchyOf(
    keys.map((key) => {
      const [sku = '', category = '', warehouse = ''] = key.split('|')
      return { sku: `${sku} of ${category}`, category, warehouse }
    }),
  )
  const bottom = keys.map((key) => weeklyUnits(cells.get(key) ?? [], last))
  const weeks = Array.from({ length: last }, (_, week) =>
    bottomUp(
      hierarchy,
      bottom.map((row) => row[week] ?? 0),
    ),
  )
  return {
    hierarchy,
    weeks: Array.from({ length: hierarchy.totals.length + keys.length }, (_, at) =>
      weeks.map((row) => row[at] ?? 0),
    ),
  }
}

function weeklyUnits(rows: readonly { week: number; units: number }[], last: number): number[] {
  const weeks = Array.from({ length: last }, () => 0)
  for (const { week, units } of rows) weeks[week - 1] = (weeks[week - 1] ?? 0) + units
  return weeks
}
