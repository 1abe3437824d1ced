import { BytePool } from './byte-pool.ts'
import { growingBytes, growingWords } from './growing.ts'

/** At most so many fields, since a posting says in one byte which of them hold the term. */
export const mostFields = 8

/** A slice ends with the address of the next, which is twice as long up to this. */
const longestSlice = 4096
const firstSlice = 12
const link = 4

export interface PostingsState {
  pool: { pages: Uint8Array[]; used: number }
  heads: Uint32Array
  ends: Uint32Array
  lefts: Uint32Array
  last: Uint32Array
  counts: Uint32Array
  steps: Uint8Array
}

/**
 * For each term the documents that hold it, in growing order, with how often each field does.
 * A posting is the step from the document before (variable-length), a byte of fields, and a byte
 * of frequency for each of these: about 4 bytes. Terms grow in slices of one byte pool, as in
 * Lucene's ByteBlockPool, so that indexing leaves nothing to collect.
 */
export class Postings {
  readonly #pool: BytePool
  readonly #heads
  readonly #ends
  readonly #lefts
  readonly #last
  readonly #counts
  readonly #steps

  constructor(state?: PostingsState) {
    this.#pool = new BytePool(state?.pool)
    this.#heads = growingWords(state?.heads)
    this.#ends = growingWords(state?.ends)
    this.#lefts = growingWords(state?.lefts)
    this.#last = growingWords(state?.last)
    this.#counts = growingWords(state?.counts)
    this.#steps = growingBytes(state?.steps)
  }

  /** `frequencies` by field. Documents of a term come in growing order. */
  add(term: number, document: number, frequencies: Uint8Array): void {
    const count = this.#counts.get(term)
    if (count === 0) this.#open(term)
    this.#writeStep(term, count === 0 ? document : document - this.#last.get(term))
    let fields = 0
    for (let f = 0; f < frequencies.length; f += 1) if (frequencies[f]) fields |= 1 << f
    this.#write(term, fields)
    for (const frequency of frequencies) if (frequency) this.#write(term, frequency)
    this.#last.set(term, document)
    this.#counts.set(term, count + 1)
  }

  /** How many documents hold the term, those removed since included. */
  count(term: number): number {
    return this.#counts.get(term)
  }

  /** Calls back with each document; `frequencies` is one array, filled anew. */
  each(term: number, seen: (document: number, frequencies: Uint8Array) => void): void {
    const frequencies = new Uint8Array(mostFields)
    const reader = new Reader(this.#pool, this.#heads.get(term))
    let document = 0
    for (let left = this.#counts.get(term); left > 0; left -= 1) {
      document += reader.step()
      const fields = reader.byte()
      for (let f = 0; f < mostFields; f += 1) frequencies[f] = fields & (1 << f) ? reader.byte() : 0
      seen(document, frequencies)
    }
  }

  get state(): PostingsState {
    return {
      pool: this.#pool.state,
      heads: this.#heads.view,
      ends: this.#ends.view,
      lefts: this.#lefts.view,
      last: this.#last.view,
      counts: this.#counts.view,
      steps: this.#steps.view,
    }
  }

  #open(term: number): void {
    const address = this.#pool.take(firstSlice)
    this.#heads.set(term, address)
    this.#ends.set(term, address)
    this.#lefts.set(term, firstSlice - link)
    this.#steps.set(term, 0)
  }

  #writeStep(term: number, step: number): void {
    let rest = step
    while (rest > 0x7f) {
      this.#write(term, (rest & 0x7f) | 0x80)
      rest >>>= 7
    }
    this.#write(term, rest)
  }

  #write(term: number, byte: number): void {
    if (this.#lefts.get(term) === 0) this.#goOn(term)
    const end = this.#ends.get(term)
    this.#pool.set(end, byte)
    this.#ends.set(term, end + 1)
    this.#lefts.set(term, this.#lefts.get(term) - 1)
  }

  #goOn(term: number): void {
    const step = this.#steps.get(term) + 1
    const size = sliceSize(step)
    const next = this.#pool.take(size)
    const at = this.#ends.get(term)
    for (let i = 0; i < link; i += 1) this.#pool.set(at + i, (next >>> (8 * i)) & 0xff)
    this.#ends.set(term, next)
    this.#lefts.set(term, size - link)
    this.#steps.set(term, step)
  }
}

const sliceSize = (step: number) =>
  step === 0 ? firstSlice : Math.min(longestSlice, firstSlice << Math.min(step, 20))

class Reader {
  readonly #pool: BytePool
  #address: number
  #left = firstSlice - link
  #steps = 0

  constructor(pool: BytePool, address: number) {
    this.#pool = pool
    this.#address = address
  }

  byte(): number {
    if (this.#left === 0) this.#follow()
    this.#left -= 1
    this.#address += 1
    return this.#pool.get(this.#address - 1)
  }

  step(): number {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte()
      value |= (byte & 0x7f) << shift
      if (byte < 0x80) return value
    }
  }

  #follow(): void {
    let next = 0
    for (let i = 0; i < link; i += 1) next |= this.#pool.get(this.#address + i) << (8 * i)
    this.#address = next >>> 0
    this.#steps += 1
    this.#left = sliceSize(this.#steps) - link
  }
}
