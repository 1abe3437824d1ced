import { BadRows } from '@shop/kit/learn/refusals'
import { solved } from '@shop/kit/learn/ridge'

/** Sums that have to hold: each total is of the places of what it sums. */
export interface Hierarchy {
  readonly bottom: number
  readonly totals: readonly { readonly name: string; readonly of: readonly number[] }[]
}

/**
 * SKU by warehouse at the bottom; above it each SKU, category, warehouse, and the shop. Whatever
 * stands for one row alone is left out, as it would sum nothing.
 */
export function hierarchyOf(
  rows: readonly { readonly sku: string; readonly category: string; readonly warehouse?: string }[],
): Hierarchy {
  const groups = new Map<string, number[]>()
  const put = (name: string, at: number) => {
    const members = groups.get(name)
    if (members) members.push(at)
    else groups.set(name, [at])
  }
  rows.forEach(({ sku, category, warehouse }, at) => {
    put('shop', at)
    put(`category ${category}`, at)
    put(`sku ${sku}`, at)
    if (warehouse !== undefined) put(`warehouse ${warehouse}`, at)
  })
  const totals = [...groups].filter(([, of]) => of.length > 1).map(([name, of]) => ({ name, of }))
  return { bottom: rows.length, totals }
}

/** The bottom summed: totals first, in the hierarchy's order, then the bottom itself. */
export function bottomUp({ totals }: Hierarchy, bottom: readonly number[]): number[] {
  const sums = totals.map(({ of }) => of.reduce((sum, at) => sum + (bottom[at] ?? 0), 0))
  return [...sums, ...bottom]
}

/**
 * Minimum trace reconciliation (Wickramasuriya, Athanasopoulos and Hyndman, 2019) in its form by
 * constraints: forecasts move by as much as their error's variance allows until every sum holds.
 * `forecasts` are totals first; `errors` are past one-step errors of the same series, a row each.
 * Below zero becomes zero at the bottom, and is summed up again. Throws BAD_ROWS where lengths differ.
 */
export function minimumTrace(
  hierarchy: Hierarchy,
  forecasts: readonly number[],
  errors: readonly (readonly number[])[],
): number[] {
  const { totals, bottom } = hierarchy
  const all = totals.length + bottom
  if (forecasts.length !== all || errors.length !== all) {
    throw new BadRows(`There are not ${all} forecasts and rows of errors.`)
  }
  const covariance = shrunkCovariance(errors)
  const weighted = totals.map((_, row) => constrained(hierarchy, row, (at) => covariance[at] ?? []))
  const system = new Float64Array(totals.length ** 2)
  weighted.forEach((column, i) => {
    totals.forEach((_, j) => {
      system[i * totals.length + j] = gapOf(hierarchy, j, column)
    })
    const place = i * totals.length + i
    system[place] = (system[place] as number) * (1 + 1e-9)
  })
  const gaps = Float64Array.from(totals, (_, row) => gapOf(hierarchy, row, forecasts))
  const moves = solved(system, gaps)
  const moved = forecasts.map((value, at) => {
    let sum = value
    for (const [i, column] of weighted.entries()) sum -= (column[at] ?? 0) * (moves[i] as number)
    return sum
  })
  return bottomUp(
    hierarchy,
    moved.slice(totals.length).map((value) => Math.max(0, value)),
  )
}

/** By how much a total is more than the sum of its parts. */
function gapOf({ totals }: Hierarchy, row: number, values: ArrayLike<number>): number {
  let gap = values[row] ?? 0
  for (const at of totals[row]?.of ?? []) gap -= values[totals.length + at] ?? 0
  return gap
}

/** The row of the covariance of one constraint: of its total less those of its parts. */
function constrained(
  { totals }: Hierarchy,
  row: number,
  covariance: (at: number) => ArrayLike<number>,
): Float64Array {
  const sum = Float64Array.from(covariance(row))
  for (const at of totals[row]?.of ?? []) {
    const part = covariance(totals.length + at)
    for (let i = 0; i < sum.length; i += 1) sum[i] = (sum[i] as number) - (part[i] ?? 0)
  }
  return sum
}

/** Correlations drawn to none by the share of Schäfer and Strimmer (2005); variances stay. */
function shrunkCovariance(errors: readonly (readonly number[])[]): Float64Array[] {
  const length = errors[0]?.length ?? 0
  const spreads = errors.map((row) =>
    Math.sqrt(row.reduce((sum, value) => sum + value * value, 0) / length || 1e-12),
  )
  const scaled = errors.map((row, i) => row.map((value) => value / (spreads[i] as number)))
  const correlations = scaled.map((a) => Float64Array.from(scaled, (b) => dot(a, b) / length))
  const share = shrinkage(scaled, correlations)
  return correlations.map((row, i) =>
    row.map((value, j) => {
      const both = (spreads[i] as number) * (spreads[j] as number)
      return i === j ? both : value * (1 - share) * both
    }),
  )
}

function shrinkage(scaled: readonly (readonly number[])[], correlations: Float64Array[]): number {
  const length = scaled[0]?.length ?? 0
  let [noise, signal] = [0, 0]
  scaled.forEach((a, i) => {
    for (let j = 0; j < i; j += 1) {
      const correlation = correlations[i]?.[j] ?? 0
      const b = scaled[j] ?? []
      signal += correlation ** 2
      for (let t = 0; t < length; t += 1) {
        noise += ((a[t] ?? 0) * (b[t] ?? 0) - correlation) ** 2
      }
    }
  })
  if (signal === 0 || length < 2) return 1
  return Math.min(1, noise / (length * (length - 1)) / signal)
}

const dot = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0)
