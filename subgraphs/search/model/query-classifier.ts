const smoothing = 0.1

interface Category {
  readonly products: number
  readonly words: ReadonlyMap<string, number>
}

/**
 * Which category a query is after, learned from what products of each are called: multinomial
 * naive Bayes (Manning, Raghavan and Schütze, 2008, 13.2) over the presence of stems in titles.
 */
export class QueryClassifier {
  readonly #categories = new Map<string, Category>()
  readonly #known = new Set<string>()
  readonly #products: number

  constructor(titles: readonly { readonly category: string; readonly stems: readonly string[] }[]) {
    const counts = new Map<string, { products: number; words: Map<string, number> }>()
    for (const { category, stems } of titles) {
      const own = counts.get(category) ?? { products: 0, words: new Map() }
      own.products += 1
      for (const stem of new Set(stems)) {
        own.words.set(stem, (own.words.get(stem) ?? 0) + 1)
        this.#known.add(stem)
      }
      counts.set(category, own)
    }
    this.#categories = counts
    this.#products = titles.length
  }

  /** Chances by category, together 1; even where no word of the query was ever seen. */
  chances(stems: readonly string[]): Map<string, number> {
    const known = [...new Set(stems)].filter((stem) => this.#known.has(stem))
    const logs = [...this.#categories].map(([category, { products, words }]) => {
      const prior = known.length === 0 ? 0 : Math.log(products / this.#products)
      const likelihood = known.reduce(
        (sum, stem) =>
          sum + Math.log(((words.get(stem) ?? 0) + smoothing) / (products + 2 * smoothing)),
        0,
      )
      return [category, prior + likelihood] as const
    })
    const most = Math.max(...logs.map(([, log]) => log))
    const weights = logs.map(([category, log]) => [category, Math.exp(log - most)] as const)
    const sum = weights.reduce((all, [, weight]) => all + weight, 0)
    return new Map(weights.map(([category, weight]) => [category, weight / sum]))
  }
}
