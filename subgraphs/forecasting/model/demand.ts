import { csvRows, type Row } from '@shop/kit/learn/data'

/** What was bought of each SKU on each day, the first day first. */
export interface Demand {
  readonly days: number
  readonly skus: readonly { readonly sku: string; readonly daily: readonly number[] }[]
}

const dayMs = 86_400_000
const product = /^\d{5}/

/**
 * Online-retail's lines as units a day, the SKUs of most revenue first. Postage, fees and samples
 * are no products; cancellations are left out, as they say when goods came back and not when they
 * were wanted.
 */
export function demandOf(
  files: readonly string[],
  { from, days }: { from: string; days: number },
): Demand {
  const first = Date.parse(`${from}T00:00:00Z`)
  const daily = new Map<string, number[]>()
  const revenue = new Map<string, number>()
  for (const row of files.flatMap((file) => csvRows(file))) {
    const line = lineOf(row, first)
    if (!line || line.day < 0 || line.day >= days) continue
    const units = daily.get(line.sku) ?? Array.from({ length: days }, () => 0)
    units[line.day] = (units[line.day] ?? 0) + line.units
    daily.set(line.sku, units)
    revenue.set(line.sku, (revenue.get(line.sku) ?? 0) + line.units * line.price)
  }
  const skus = [...daily].map(([sku, units]) => ({ sku, daily: units }))
  return {
    days,
    skus: skus.sort((a, b) => (revenue.get(b.sku) ?? 0) - (revenue.get(a.sku) ?? 0)),
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
