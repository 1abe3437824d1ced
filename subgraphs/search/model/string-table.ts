import { BytePool, withinPage } from './byte-pool.ts'
import { growingWords } from './growing.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** Longer strings are one with all that begin as they do. */
const longest = 200

export interface StringTableState {
  pool: { pages: Uint8Array[]; used: number }
  addresses: Uint32Array
  slots: Uint32Array
  size: number
}

/**
 * Strings numbered 0, 1, 2 … in the order they came. A table of a million costs the JavaScript
 * heap nothing: the bytes lie in a pool, found by open addressing (FNV-1a, linear probing).
 */
export class StringTable {
  readonly #pool: BytePool
  readonly #addresses
  readonly #scratch = new Uint8Array(longest)
  #slots: Uint32Array
  #size: number

  constructor(state?: StringTableState) {
    this.#pool = new BytePool(state?.pool)
    this.#addresses = growingWords(state?.addresses)
    this.#slots = state?.slots ?? new Uint32Array(1024)
    this.#size = state?.size ?? 0
  }

  get size(): number {
    return this.#size
  }

  /** The number of this string, or −1. */
  find(text: string): number {
    return (this.#slots[this.#slotOf(this.#encode(text))] ?? 0) - 1
  }

  /** The number of this string, which is given one where it has none. */
  add(text: string): number {
    if (this.#size * 2 >= this.#slots.length) this.#widen()
    const length = this.#encode(text)
    const slot = this.#slotOf(length)
    const known = (this.#slots[slot] ?? 0) - 1
    if (known >= 0) return known
    const address = this.#pool.take(length + 1)
    const page = this.#pool.page(address)
    page[withinPage(address)] = length
    page.set(this.#scratch.subarray(0, length), withinPage(address) + 1)
    this.#addresses.set(this.#size, address)
    this.#slots[slot] = this.#size + 1
    this.#size += 1
    return this.#size - 1
  }

  text(number: number): string {
    return decoder.decode(this.#bytes(number))
  }

  get state(): StringTableState {
    const { state } = this.#pool
    return { pool: state, addresses: this.#addresses.view, slots: this.#slots, size: this.#size }
  }

  #bytes(number: number): Uint8Array {
    const address = this.#addresses.get(number)
    const at = withinPage(address) + 1
    return this.#pool.page(address).subarray(at, at + this.#pool.get(address))
  }

  #encode(text: string): number {
    return encoder.encodeInto(text.slice(0, longest), this.#scratch).written
  }

  /** Where the string in the scratch bytes is, or the free place where it belongs. */
  #slotOf(length: number): number {
    const mask = this.#slots.length - 1
    let slot = hashOf(this.#scratch, length) & mask
    for (;;) {
      const number = (this.#slots[slot] as number) - 1
      if (number < 0 || this.#holds(number, length)) return slot
      slot = (slot + 1) & mask
    }
  }

  #holds(number: number, length: number): boolean {
    const address = this.#addresses.get(number)
    const page = this.#pool.page(address)
    const at = withinPage(address)
    if (page[at] !== length) return false
    for (let i = 0; i < length; i += 1) if (page[at + 1 + i] !== this.#scratch[i]) return false
    return true
  }

  #widen(): void {
    this.#slots = new Uint32Array(this.#slots.length * 2)
    for (let number = 0; number < this.#size; number += 1) {
      const bytes = this.#bytes(number)
      this.#scratch.set(bytes)
      this.#slots[this.#slotOf(bytes.length)] = number + 1
    }
  }
}

function hashOf(bytes: Uint8Array, length: number): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < length; i += 1) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193)
  return (hash ^ (hash >>> 15)) >>> 0
}
