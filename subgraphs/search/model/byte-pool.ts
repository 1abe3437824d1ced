const pageBits = 20
const pageSize = 1 << pageBits

/** Bytes outside the JavaScript heap by the page, so that growing copies nothing. Up to 4 GB. */
export class BytePool {
  readonly #pages: Uint8Array[]
  #used: number

  constructor({ pages, used }: { pages: Uint8Array[]; used: number } = { pages: [], used: 0 }) {
    this.#pages = pages
    this.#used = used
  }

  /** Room for so many bytes, at most a page, within one page; the address of the first. */
  take(size: number): number {
    const left = pageSize - (this.#used & (pageSize - 1))
    if (size > left) this.#used += left
    const address = this.#used
    if (address + size > this.#pages.length * pageSize) this.#pages.push(new Uint8Array(pageSize))
    this.#used += size
    return address
  }

  page(address: number): Uint8Array {
    return this.#pages[address >>> pageBits] as Uint8Array
  }

  get(address: number): number {
    return this.page(address)[address & (pageSize - 1)] as number
  }

  set(address: number, value: number): void {
    this.page(address)[address & (pageSize - 1)] = value
  }

  get state() {
    return { pages: this.#pages, used: this.#used }
  }
}

export const withinPage = (address: number): number => address & (pageSize - 1)
