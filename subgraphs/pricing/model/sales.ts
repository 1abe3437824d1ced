import { csvRows, type Row } from '@shop/kit/learn/data'

/** One product at one place in one period: what was sold, at which prices, under which offers. */
export interface Sale {
  readonly place: string
  readonly product: string
  readonly period: number
  readonly logUnits: number
  /** The logarithm of every product's price there and then, the same products in the same order. */
  readonly logPrices: readonly number[]
  /** Which of them is its own. */
  readonly own: number
  /** Conditions beside the price, such as a coupon and an advertisement: 0 to 1. */
  readonly offers: readonly number[]
  /** The logarithms of its price in the period before and of its highest in eight; if known. */
  readonly past?: { readonly before: number; readonly regular: number }
}

const brands = 11

/** Dominick's orange juice: 11 brands, 83 stores, a row a week. Rows that are no numbers are left. */
export const juiceSales = (file: string): Sale[] => csvRows(file).map(saleOf).filter(sound)

function saleOf(row: Row): Sale {
  return {
    place: row.store ?? '',
    product: row.brand ?? '',
    period: Number(row.week),
    logUnits: Number(row.logmove),
    logPrices: Array.from({ length: brands }, (_, at) => Math.log(Number(row[`price${at + 1}`]))),
    own: Number(row.brand) - 1,
    offers: [Number(row.deal), Number(row.feat)],
  }
}

export const sound = ({ logUnits, logPrices, offers }: Sale): boolean =>
  [logUnits, ...logPrices, ...offers].every(Number.isFinite)

/** Each sale with what its own price was before: known when the price is set, unlike what sold. */
export function withPast(sales: readonly Sale[]): Sale[] {
  const shelves = Map.groupBy(sales, ({ place, product }) => `${place} ${product}`)
  const past = new Map<Sale, Sale['past']>()
  for (const own of shelves.values()) {
    const sorted = own.toSorted((a, b) => a.period - b.period)
    sorted.forEach((sale, at) => {
      const earlier = sorted.slice(Math.max(0, at - 8), at)
      const prices = earlier.map(({ logPrices, own: which }) => logPrices[which] ?? Number.NaN)
      const before = prices.at(-1)
      if (before !== undefined) past.set(sale, { before, regular: Math.max(...prices) })
    })
  }
  return sales.map((sale) => ({
    ...sale,
    ...(past.has(sale) && { past: past.get(sale) as { before: number; regular: number } }),
  }))
}

/**
 * Complete-journey's weekly units by product at the mean price that was paid, all stores together
 * because the sample is thin. Weeks without a sale are not there, which draws elasticities to zero.
 */
export function journeySales(files: readonly string[], products: ReadonlySet<string>): Sale[] {
  const weeks = new Map<string, { units: number; paid: number }>()
  for (const row of files.flatMap((file) => csvRows(file))) {
    if (!products.has(row.product_id ?? '')) continue
    const key = `${row.product_id} ${row.week}`
    const sum = weeks.get(key) ?? { units: 0, paid: 0 }
    sum.units += Number(row.quantity)
    sum.paid += Number(row.sales_value)
    weeks.set(key, sum)
  }
  return [...weeks]
    .map(([key, { units, paid }]): Sale => {
      const [product = '', period] = key.split(' ')
      const logPrices = [Math.log(paid / units)]
      const logUnits = Math.log(units)
      return {
        place: 'all',
        product,
        period: Number(period),
        logUnits,
        logPrices,
        own: 0,
        offers: [],
      }
    })
    .filter(sound)
}

/** The products with most lines, which alone have a sale in nearly every week. */
export function frequentProducts(file: string, count: number): Set<string> {
  const lines = Map.groupBy(csvRows(file), (row) => row.product_id ?? '')
  const sorted = [...lines].sort((a, b) => b[1].length - a[1].length)
  return new Set(sorted.slice(0, count).map(([product]) => product))
}
