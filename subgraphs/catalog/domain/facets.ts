export interface Counted {
  readonly id: string
  readonly count: number
}

export interface AttributeFacet {
  readonly key: string
  readonly values: readonly { readonly value: string; readonly count: number }[]
}

export interface Facets {
  readonly products: number
  readonly isExact: boolean
  readonly countedAt: Date | null
  readonly categories: readonly Counted[]
  readonly brands: readonly Counted[]
  readonly tags: readonly Counted[]
  readonly attributes: readonly AttributeFacet[]
}

export interface TermCount {
  readonly term: string
  readonly count: number
}

/** How many terms of each kind are given, most frequent first. */
const most = 30

/** From terms, most frequent first. */
export function facetsFrom(
  terms: readonly TermCount[],
  about: Pick<Facets, 'products' | 'isExact' | 'countedAt'>,
): Facets {
  const kinds = Map.groupBy(terms, ({ term }) => term.slice(0, term.indexOf(':')))
  const ids = (kind: string) =>
    (kinds.get(kind) ?? []).map(({ term, count }) => ({ id: term.slice(kind.length + 1), count }))
  return {
    ...about,
    categories: ids('in'),
    brands: ids('brand').slice(0, most),
    tags: ids('tag').slice(0, most),
    attributes: attributesFrom(kinds.get('at') ?? []),
  }
}

function attributesFrom(terms: readonly TermCount[]): AttributeFacet[] {
  const keys = Map.groupBy(terms, ({ term }) => term.slice(3, term.indexOf('=')))
  return [...keys]
    .map(([key, values]) => ({
      key,
      values: values.slice(0, most).map(({ term, count }) => ({
        value: term.slice(term.indexOf('=') + 1),
        count,
      })),
      all: values.reduce((sum, { count }) => sum + count, 0),
    }))
    .toSorted((a, b) => b.all - a.all)
    .slice(0, most)
    .map(({ key, values }) => ({ key, values }))
}
