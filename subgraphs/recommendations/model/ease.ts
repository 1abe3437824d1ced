import { placeIn, rowInto, type Strips, stripsOf, sweep } from './inverse.ts'
import { openLessProduct } from './multiply.ts'
import { rowCount, rowOf, type Sparse, sparseOf, strongest } from './sparse.ts'

export interface EaseSettings {
  /** λ: the larger, the more two items have to have in common. */
  readonly penalty: number
  /** How many weights an item keeps, the strongest; what is dropped moves no list that we saw. */
  readonly keep: number
}

/** Blocks of 256 columns were the fastest of 64, 128, 256 and 512 at 5,000 items. */
const width = 256

/**
 * Item-to-item weights of the ridge regression of every item on all others (EASE^R; Steck, 2019),
 * in closed form: from shoppers' rows of taste, row i tells what item i says for each other item.
 */
export async function learnedEase(tastes: Sparse, settings: EaseSettings): Promise<Sparse> {
  const gram = gramOf(tastes)
  for (let i = 0; i < tastes.columns; i += 1) {
    const [values, at] = placeIn(gram, i, i)
    values[at] = (values[at] as number) + settings.penalty
  }
  await sweep(gram, await openLessProduct())
  const row = new Float32Array(tastes.columns)
  const diagonal = Float64Array.from(row, (_, i) => {
    const [values, at] = placeIn(gram, i, i)
    return values[at] as number
  })
  const rows = Array.from(row, (_, i) => {
    rowInto(row, gram, i)
    for (let j = 0; j < row.length; j += 1) row[j] = (row[j] as number) / -(diagonal[j] as number)
    row[i] = 0
    return strongest(row, settings.keep)
  })
  return sparseOf(rows, tastes.columns)
}

/** How much each two items have in common: the product of the transposed rows with themselves. */
function gramOf(tastes: Sparse): Strips {
  const gram = stripsOf(tastes.columns, width)
  for (let row = 0; row < rowCount(tastes); row += 1) {
    const { places, values } = rowOf(tastes, row)
    for (let j = 0; j < places.length; j += 1) addPairs(gram, { places, values, j })
  }
  return gram
}

interface Pairs {
  places: Int32Array
  values: Float32Array
  j: number
}

function addPairs(gram: Strips, { places, values, j }: Pairs): void {
  const [column, value] = [places[j] as number, values[j] as number]
  const [strip, at] = placeIn(gram, column, column)
  for (let i = j; i < places.length; i += 1) {
    const to = at + ((places[i] as number) - column) * width
    strip[to] = (strip[to] as number) + value * (values[i] as number)
  }
}
