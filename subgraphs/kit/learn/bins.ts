import type { Matrix } from './matrix.ts'

/** Each value as the number of its quantile bin, a column after the other. */
export interface Binned {
  readonly rows: number
  readonly columns: number
  readonly bins: Uint8Array
  /** A value is in the first bin whose edge is not below it. What is not known has the last bin. */
  readonly edges: readonly Float32Array[]
  /** Where each column's bins begin in a histogram of all; one more than there are columns. */
  readonly slots: Int32Array
}

/** At most `most` bins a column (2 to 255), of about as many rows each, and one for NaN. */
export function binned({ rows, columns, values }: Matrix, most = 255): Binned {
  const bins = new Uint8Array(rows * columns)
  const slots = new Int32Array(columns + 1)
  const edges = Array.from({ length: columns }, (_, column) => {
    const all = Float32Array.from({ length: rows }, (_, row) => values[row * columns + column] ?? 0)
    const own = edgesOf(all, Math.min(most, 255))
    const into = bins.subarray(column * rows, (column + 1) * rows)
    for (let row = 0; row < rows; row += 1) into[row] = binOf(own, all[row] as number)
    slots[column + 1] = (slots[column] as number) + own.length + 2
    return own
  })
  return { rows, columns, bins, edges, slots }
}

function binOf(edges: Float32Array, value: number): number {
  if (Number.isNaN(value)) return edges.length + 1
  let [low, high] = [0, edges.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (value <= (edges[middle] as number)) high = middle
    else low = middle + 1
  }
  return low
}

function edgesOf(column: Float32Array, most: number): Float32Array {
  const sorted = column.filter((value) => !Number.isNaN(value)).sort()
  const { values, counts } = distinct(sorted)
  const edges: number[] = []
  let [rowsLeft, inBin] = [sorted.length, 0]
  for (let i = 0; i + 1 < values.length && edges.length < most - 1; i += 1) {
    inBin += counts[i] as number
    // What is left is shared among the bins left, so one heavy value does not starve the rest.
    const enough = values.length <= most || inBin >= rowsLeft / (most - edges.length)
    if (!enough) continue
    edges.push(between(values[i] as number, values[i + 1] as number))
    rowsLeft -= inBin
    inBin = 0
  }
  return Float32Array.from(edges)
}

function distinct(sorted: Float32Array) {
  const values: number[] = []
  const counts: number[] = []
  for (const value of sorted) {
    if (value === values.at(-1)) counts.push((counts.pop() as number) + 1)
    else {
      values.push(value)
      counts.push(1)
    }
  }
  return { values, counts }
}

/** Half way in single precision, or the lower of two neighbours: never the upper. */
function between(lower: number, upper: number): number {
  const middle = Math.fround(lower / 2 + upper / 2)
  return middle >= lower && middle < upper ? middle : lower
}
