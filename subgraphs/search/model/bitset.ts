/** A set of document numbers, a bit each. */
export class Bitset {
  #words: Uint32Array

  constructor(words: Uint32Array = new Uint32Array(2)) {
    this.#words = words
  }

  static upTo(size: number): Bitset {
    const words = new Uint32Array(Math.ceil(size / 32)).fill(0xffffffff)
    if (size % 32 !== 0) words[words.length - 1] = 2 ** (size % 32) - 1
    return new Bitset(words)
  }

  has(at: number): boolean {
    return ((this.#words[at >>> 5] ?? 0) & (1 << (at & 31))) !== 0
  }

  add(at: number): void {
    const word = at >>> 5
    if (word >= this.#words.length) {
      const wider = new Uint32Array(Math.max(word + 1, this.#words.length * 2))
      wider.set(this.#words)
      this.#words = wider
    }
    this.#words[word] = (this.#words[word] as number) | (1 << (at & 31))
  }

  delete(at: number): void {
    const word = at >>> 5
    if (word < this.#words.length)
      this.#words[word] = (this.#words[word] as number) & ~(1 << (at & 31))
  }

  and(other: Bitset): Bitset {
    const length = Math.min(this.#words.length, other.#words.length)
    const words = new Uint32Array(length)
    for (let i = 0; i < length; i += 1)
      words[i] = (this.#words[i] as number) & (other.#words[i] as number)
    return new Bitset(words)
  }

  or(other: Bitset): Bitset {
    const [long, short] = this.#words.length > other.#words.length ? [this, other] : [other, this]
    const words = long.#words.slice()
    for (let i = 0; i < short.#words.length; i += 1) {
      words[i] = (words[i] as number) | (short.#words[i] as number)
    }
    return new Bitset(words)
  }

  count(): number {
    let sum = 0
    for (const word of this.#words) sum += ones(word)
    return sum
  }

  /** How many are in both, without making the set of them. */
  countWith(other: Bitset): number {
    const length = Math.min(this.#words.length, other.#words.length)
    let sum = 0
    for (let i = 0; i < length; i += 1)
      sum += ones((this.#words[i] as number) & (other.#words[i] as number))
    return sum
  }

  *members(): Generator<number> {
    for (let w = 0; w < this.#words.length; w += 1) {
      let rest = this.#words[w] as number
      while (rest !== 0) {
        yield w * 32 + (31 - Math.clz32(rest & -rest))
        rest &= rest - 1
      }
    }
  }

  get words(): Uint32Array {
    return this.#words
  }
}

/** Bits of a word that are one (Warren, Hacker's Delight, 5-2). */
function ones(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555)
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333)
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
