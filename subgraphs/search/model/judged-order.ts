import type { SearchEngine } from './engine.ts'
import type { Judgments } from './icecat.ts'
import type { IcecatShop } from './icecat-shop.ts'
import { ndcgAt10 } from './ndcg.ts'

/** An order of products for each query, with what it is worth. */
export interface Ordered {
  readonly all: readonly number[]
  readonly judgedOnly: readonly number[]
}

export type Order = (query: string) => Promise<readonly string[]>

export async function ordered(judgments: readonly Judgments[], order: Order): Promise<Ordered> {
  const [all, judgedOnly]: [number[], number[]] = [[], []]
  for (const { query, grades } of judgments) {
    const ids = await order(query)
    all.push(ndcgAt10(ids, grades))
    judgedOnly.push(ndcgAt10(ids, grades, { judgedOnly: true }))
  }
  return { all, judgedOnly }
}

export const byWords =
  ({ words }: Pick<IcecatShop, 'words'>): Order =>
  async (query) =>
    (await words.search({ text: query, first: 400 })).hits.map(({ id }) => id)

export const byEngine =
  (engine: SearchEngine): Order =>
  async (query) =>
    (await engine.search({ text: query, first: 100 })).hits.map(({ id }) => id)

/** Words and vectors as equals (reciprocal rank fusion, k = 60): the usual recipe, to compare. */
export const byFusion =
  (words: Order, vectors: Order): Order =>
  async (query) => {
    const sums = new Map<string, number>()
    for (const ids of [await words(query), await vectors(query)]) {
      ids.slice(0, 100).forEach((id, rank) => {
        sums.set(id, (sums.get(id) ?? 0) + 1 / (60 + rank))
      })
    }
    return [...sums].sort((a, b) => b[1] - a[1]).map(([id]) => id)
  }

export const byMeaning =
  ({ meaning }: Pick<IcecatShop, 'meaning'>): Order =>
  async (query) => {
    const near = await meaning?.near({ text: query, first: 100, wordy: false })
    return near?.hits.map(({ id }) => id) ?? []
  }
