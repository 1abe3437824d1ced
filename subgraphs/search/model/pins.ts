import { tokensOf } from './tokens.ts'

export interface Pin {
  /** The whole query it is for; case, marks and spaces do not matter. */
  readonly query: string
  /** Shown first, in this order, where the filters let them. */
  readonly ids: readonly string[]
}

/** The products that a merchant has put first for a query; none for most. */
export function pinsFrom(pins: readonly Pin[]): (text: string) => readonly string[] {
  const byQuery = new Map(pins.map(({ query, ids }) => [keyOf(query), ids]))
  return (text) => byQuery.get(keyOf(text)) ?? []
}

const keyOf = (text: string) =>
  tokensOf(text)
    .map((token) => token.text)
    .join(' ')
