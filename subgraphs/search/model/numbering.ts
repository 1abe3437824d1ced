import { growingWords } from './growing.ts'
import { StringTable } from './string-table.ts'

/**
 * The documents of an index by number. A document put again gets a new number and the one before
 * is let go: numbers only grow, as postings and graphs want them.
 */
export class Numbering {
  readonly #ids = new StringTable()
  /** By number of the id: the document's number and one more, 0 where there is none. */
  readonly #current = growingWords()
  /** By number of the document: that of its id. */
  readonly #idOf = growingWords()
  #size = 0

  /** The numbers given so far, of documents that are gone too. */
  get size(): number {
    return this.#size
  }

  find(id: string): number | undefined {
    const known = this.#ids.find(id)
    const number = known < 0 ? 0 : this.#current.get(known)
    return number === 0 ? undefined : number - 1
  }

  idOf(document: number): string {
    return this.#ids.text(this.#idOf.get(document))
  }

  /** A new number for this id, and the one it had. */
  give(id: string): { document: number; before: number | undefined } {
    const before = this.find(id)
    const known = this.#ids.add(id)
    const document = this.#size
    this.#current.set(known, document + 1)
    this.#idOf.set(document, known)
    this.#size += 1
    return { document, before }
  }

  /** The number this id had, which is let go. */
  drop(id: string): number | undefined {
    const before = this.find(id)
    if (before !== undefined) this.#current.set(this.#ids.find(id), 0)
    return before
  }
}
