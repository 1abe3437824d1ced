import { readFileSync } from 'node:fs'
import type { SearchEngine } from './engine.ts'
import type { SearchRequest } from './search-answer.ts'

export interface JudgedSentence {
  readonly query: string
  /** Of products of Icecat that are what is asked for. */
  readonly ids: ReadonlySet<string>
}

/**
 * Sentences, and words that no product has, judged by hand on the whole catalogue: what kind of
 * thing answers, then every product of that kind. Only ids are kept.
 */
export function judgedSentences(): JudgedSentence[] {
  const text = readFileSync(new URL('sentences.json', import.meta.url), 'utf8')
  const rows = JSON.parse(text) as { query: string; ids: string }[]
  return rows.map(({ query, ids }) => ({ query, ids: new Set(ids.split(' ')) }))
}

/** For each sentence the share of what could be among the first ten that is. */
export async function recallsAt10(
  engine: SearchEngine,
  sentences: readonly JudgedSentence[],
  mode: SearchRequest['mode'] & string,
): Promise<number[]> {
  const recalls: number[] = []
  for (const { query, ids } of sentences) {
    const { hits } = await engine.search({ text: query, first: 10, mode })
    recalls.push(hits.filter(({ id }) => ids.has(id)).length / Math.min(10, ids.size))
  }
  return recalls
}
