import { csvRows, type Row } from '@shop/kit/learn/data'
import { quantileOf } from './methods.ts'

/** One order line: how many of the SKU were bought, on which day counted from the first. */
export interface Line {
  readonly day: number
  readonly units: number
}

export interface SkuDemand {
  readonly sku: string
  readonly lines: readonly Line[]
}

const dayMs = 86_400_000
const product = /^\d{5}/

/**
 * Online-retail's lines as units a day, the SKUs of most revenue first. Postage, fees and samples
 * are no products; cancellations are left out, as they say when goods came back and not when they
 * were wanted.
 */
export function demandOf(files: readonly string[], from: string): SkuDemand[] {
  const first = Date.parse(`${from}T00:00:00Z`)
  const lines = new Map<string, Line[]>()
  const revenue = new Map<string, number>()
  for (const row of files.flatMap((file) => csvRows(file))) {
    const line = lineOf(row, first)
    if (!line) continue
    const own = lines.get(line.sku)
    if (own) own.push(line)
    else lines.set(line.sku, [line])
    revenue.set(line.sku, (revenue.get(line.sku) ?? 0) + line.units * line.price)
  }
  return [...lines]
    .map(([sku, own]) => ({ sku, lines: own }))
    .sort((a, b) => (revenue.get(b.sku) ?? 0) - (revenue.get(a.sku) ?? 0))
}

/** A number for each day before `days`: units unless something else of a line is asked for. */
export function dailyOf(
  lines: readonly Line[],
  days: number,
  of: (line: Line) => number = ({ units }) => units,
): number[] {
  const daily = Array.from({ length: days }, () => 0)
  for (const line of lines) {
    if (line.day >= 0 && line.day < days) daily[line.day] = (daily[line.day] ?? 0) + of(line)
  }
  return daily
}

/** What is known of one SKU by a day, in weeks that end with it. */
export interface Weeks {
  readonly units: readonly number[]
  readonly orders: readonly number[]
  /** Units, where a line above the 95th percentile of the SKU's lines counts as much as that. */
  readonly usual: readonly number[]
}

export function weeksBefore(lines: readonly Line[], day: number): Weeks {
  const known = lines.filter((line) => line.day < day).map(({ units }) => units)
  const most = known.length === 0 ? 0 : quantileOf(known, 0.95)
  return {
    units: weekly(dailyOf(lines, day)),
    orders: weekly(dailyOf(lines, day, () => 1)),
    usual: weekly(dailyOf(lines, day, ({ units }) => Math.min(units, most))),
  }
}

function lineOf(row: Row, first: number) {
  const units = Number(row.Quantity)
  const sku = row.StockCode ?? ''
  if (!(units > 0) || !product.test(sku)) return undefined
  const time = Date.parse(`${row.InvoiceDate?.slice(0, 10)}T00:00:00Z`)
  return { sku, units, price: Number(row.UnitPrice), day: Math.floor((time - first) / dayMs) }
}

/** Sums of seven days each, the last of which ends with the last value. */
export function weekly(daily: readonly number[]): number[] {
  const weeks = Math.floor(daily.length / 7)
  const first = daily.length - weeks * 7
  return Array.from({ length: weeks }, (_, week) => {
    let sum = 0
    for (let day = 0; day < 7; day += 1) sum += daily[first + week * 7 + day] ?? 0
    return sum
  })
}

/** What is far above the rest of the last half year is cut down to its ninth decile. */
export function limited(values: readonly number[]): number[] {
  const recent = values.slice(-26).sort((a, b) => a - b)
  const most = recent[Math.floor(0.9 * (recent.length - 1))] ?? 0
  return values.map((value) => Math.min(value, most))
}
