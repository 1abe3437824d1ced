/** Rows of few numbers each (CSR): row r's columns and values stand from starts[r] to starts[r + 1]. */
export interface Sparse {
  readonly columns: number
  readonly starts: Int32Array
  readonly places: Int32Array
  readonly values: Float32Array
}

/** One row's entry: its column and what stands there. */
export type Entry = readonly [place: number, value: number]

export const rowCount = ({ starts }: Sparse): number => starts.length - 1

export function sparseOf(rows: readonly (readonly Entry[])[], columns: number): Sparse {
  const starts = new Int32Array(rows.length + 1)
  for (const [row, entries] of rows.entries()) {
    starts[row + 1] = (starts[row] as number) + entries.length
  }
  const places = new Int32Array(starts[rows.length] as number)
  const values = new Float32Array(places.length)
  let at = 0
  for (const row of rows) {
    for (const [place, value] of row) {
      places[at] = place
      values[at] = value
      at += 1
    }
  }
  return { columns, starts, places, values }
}

export function rowOf({ starts, places, values }: Sparse, row: number) {
  const [from, to] = [starts[row] as number, starts[row + 1] as number]
  return { places: places.subarray(from, to), values: values.subarray(from, to) }
}

/** Rows become columns, each in ascending order of the rows they came from. */
export function transposed(matrix: Sparse): Sparse {
  const rows = rowCount(matrix)
  const starts = new Int32Array(matrix.columns + 1)
  for (const place of matrix.places) starts[place + 1] = (starts[place + 1] as number) + 1
  for (let i = 0; i < matrix.columns; i += 1) {
    starts[i + 1] = (starts[i + 1] as number) + (starts[i] as number)
  }
  const next = starts.slice()
  const places = new Int32Array(matrix.places.length)
  const values = new Float32Array(matrix.places.length)
  for (let row = 0; row < rows; row += 1) {
    for (let at = matrix.starts[row] as number; at < (matrix.starts[row + 1] as number); at += 1) {
      const column = matrix.places[at] as number
      const to = next[column] as number
      next[column] = to + 1
      places[to] = row
      values[to] = matrix.values[at] as number
    }
  }
  return { columns: rows, starts, places, values }
}

/** Adds `times` row `row` to a vector of as many numbers as there are columns. */
export function addRow(into: Float64Array, matrix: Sparse, [row, times]: Entry): void {
  const end = matrix.starts[row + 1] as number
  for (let at = matrix.starts[row] as number; at < end; at += 1) {
    const place = matrix.places[at] as number
    into[place] = (into[place] as number) + times * (matrix.values[at] as number)
  }
}

/** The `most` entries of the largest absolute value, in order of their place; ties are all kept. */
export function strongest(row: ArrayLike<number>, most: number): Entry[] {
  const sizes = new Float64Array(row.length)
  for (let place = 0; place < row.length; place += 1) sizes[place] = Math.abs(row[place] as number)
  const least = most < row.length ? largest(sizes, most) : 0
  const entries: Entry[] = []
  for (let place = 0; place < row.length; place += 1) {
    const value = row[place] as number
    if (value !== 0 && Math.abs(value) >= least) entries.push([place, value])
  }
  return entries
}

/** The n-th largest, by Hoare's selection (1961); the values are put in another order. */
function largest(values: Float64Array, n: number): number {
  let [from, to] = [0, values.length - 1]
  while (from < to) {
    const pivot = values[(from + to) >> 1] as number
    const [low, high] = partitioned(values, pivot, [from, to])
    if (n - 1 <= low) to = low
    else if (n - 1 >= high) from = high
    else return pivot
  }
  return values[from] as number
}

/** Moves what is above the pivot to the left; between the two ends all is equal to it. */
function partitioned(values: Float64Array, pivot: number, [from, to]: [number, number]) {
  let [left, right] = [from, to]
  while (left <= right) {
    while ((values[left] as number) > pivot) left += 1
    while ((values[right] as number) < pivot) right -= 1
    if (left > right) break
    const other = values[left] as number
    values[left] = values[right] as number
    values[right] = other
    left += 1
    right -= 1
  }
  return [right, left] as const
}
