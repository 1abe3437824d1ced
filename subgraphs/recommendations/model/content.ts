import { addRow, type Entry, type Sparse, sparseOf, transposed } from './sparse.ts'

/** What an item is, whoever bought it: a vector of length 1 for each, by place. */
export interface Content {
  readonly vectors: Sparse
  readonly byTerm: Sparse
}

/**
 * TF-IDF of what is written about items (Salton and Buckley, 1988; with smoothed idf), for those
 * that nobody has bought yet. Of a text, the first 2,000 characters count.
 */
export function contentOfTexts(texts: readonly string[]): Content {
  const documents = texts.map((text) => countsOf(termsOf(text)))
  const seen = countsOf(documents.flatMap((document) => [...document.keys()]))
  const terms = new Map([...seen.keys()].map((term, place) => [term, place]))
  const rarity = (term: string) => Math.log((1 + texts.length) / (1 + (seen.get(term) ?? 0))) + 1
  const rows = documents.map((document) =>
    [...document].map(
      ([term, count]): Entry => [terms.get(term) as number, (1 + Math.log(count)) * rarity(term)],
    ),
  )
  return contentOf(rows, terms.size)
}

/** The same of vectors that an encoder made, all of one length; a row of zeros is like nothing. */
export function contentOfVectors(vectors: readonly ArrayLike<number>[]): Content {
  const rows = vectors.map((vector) =>
    Array.from(vector, (value, place): Entry => [place, Number.isFinite(value) ? value : 0]),
  )
  return contentOf(rows, vectors[0]?.length ?? 0)
}

/** How near each item is to a taste: the sum of cosines to the items in it. */
export function nearTaste({ vectors, byTerm }: Content, taste: readonly Entry[]): Float64Array {
  const wanted = new Float64Array(vectors.columns)
  for (const entry of taste) addRow(wanted, vectors, entry)
  const scores = new Float64Array(byTerm.columns)
  for (const [term, weight] of wanted.entries()) {
    if (weight !== 0) addRow(scores, byTerm, [term, weight])
  }
  return scores
}

function contentOf(rows: readonly (readonly Entry[])[], terms: number): Content {
  const vectors = sparseOf(rows.map(scaled), terms)
  return { vectors, byTerm: transposed(vectors) }
}

function scaled(row: readonly Entry[]): Entry[] {
  const length = Math.hypot(...row.map(([, value]) => value)) || 1
  return row.map(([place, value]) => [place, value / length])
}

/** Words of letters and digits, without the s of the plural. */
const termsOf = (text: string): string[] =>
  (
    text
      .slice(0, 2000)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).map((word) => (word.length > 3 ? word.replace(/(?<!s)s$/, '') : word))

function countsOf(terms: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1)
  return counts
}
