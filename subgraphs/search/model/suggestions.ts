import { folded } from './tokens.ts'

export interface Phrase {
  readonly text: string
  /** How often it was asked for, or how many products it names. */
  readonly popularity: number
}

interface Node {
  children: Map<string, Node>
  /** The most popular phrases below, best first: what is shown is read, not searched. */
  best: Phrase[]
}

const mostKept = 10
const longest = 60

/**
 * Completes what is being typed: a trie of phrases, each node with the best of those below it.
 * A phrase is also found by its later words, a little behind those that begin so.
 */
export class Suggestions {
  readonly #root: Node = emptyNode()
  readonly #later: Node = emptyNode()

  constructor(phrases: readonly Phrase[]) {
    const byPopularity = [...phrases].sort(
      (a, b) => b.popularity - a.popularity || (a.text < b.text ? -1 : 1),
    )
    for (const phrase of byPopularity) {
      const text = normal(phrase.text)
      insert(this.#root, text, phrase)
      for (const start of laterWords(text)) insert(this.#later, text.slice(start), phrase)
    }
  }

  /** Up to `first` (at most 10) phrases; none for an empty or unknown beginning. */
  complete(typed: string, first = mostKept): string[] {
    const text = normal(typed.slice(0, 200))
    if (text === '') return []
    const beginning = nodeAt(this.#root, text)?.best ?? []
    const later = nodeAt(this.#later, text)?.best ?? []
    return [...new Set([...beginning, ...later].map((phrase) => phrase.text))].slice(0, first)
  }
}

const emptyNode = (): Node => ({ children: new Map(), best: [] })

/** Case, marks and spaces do not matter, but a space at the end says that the word is whole. */
const normal = (text: string) =>
  folded(text)
    .replace(/[^\p{L}\p{N}.]+/gu, ' ')
    .replace(/^ /, '')
    .slice(0, longest)

const laterWords = (text: string) => [...text.matchAll(/ (?=\S)/g)].map(({ index }) => index + 1)

/** Phrases come best first, so the first ten to pass a node are the best of it. */
function insert(root: Node, text: string, phrase: Phrase): void {
  let node = root
  for (const symbol of text) {
    const child = node.children.get(symbol) ?? emptyNode()
    node.children.set(symbol, child)
    node = child
    if (node.best.length < mostKept) node.best.push(phrase)
  }
}

function nodeAt(root: Node, text: string): Node | undefined {
  let node: Node | undefined = root
  for (const symbol of text) {
    node = node.children.get(symbol)
    if (!node) return undefined
  }
  return node
}
