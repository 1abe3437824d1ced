export type RefusalCode =
  | 'SEARCH_BAD_PAGE'
  | 'SEARCH_BAD_VECTOR'
  | 'SEARCH_BAD_FILTER'
  | 'SEARCH_BAD_WEIGHTS'

/** A request that should not have been made. The message is shown as written. */
export class SearchRefused extends Error {
  readonly code: RefusalCode

  constructor(code: RefusalCode, message: string) {
    super(message)
    this.code = code
  }
}

export function checkFirst(first: number): void {
  if (Number.isInteger(first) && first >= 1 && first <= 1000) return
  throw new SearchRefused('SEARCH_BAD_PAGE', `${first} is not from 1 to 1,000.`)
}

/** Refuses what has no direction, or not in this space. */
export function checkVector(vector: Float32Array, dimensions: number): void {
  let square = 0
  for (const value of vector) square += value * value
  if (vector.length === dimensions && Number.isFinite(square) && square > 0) return
  const what =
    vector.length === dimensions ? 'is not finite or is zero' : `has ${vector.length} dimensions`
  throw new SearchRefused(
    'SEARCH_BAD_VECTOR',
    `The vector ${what}; ${dimensions} finite numbers are asked for.`,
  )
}
