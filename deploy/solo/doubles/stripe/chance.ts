import { randomBytes } from 'node:crypto'

const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

const word = (length: number) =>
  [...randomBytes(length)].map((byte) => letters[byte % letters.length]).join('')

/** As Stripe's own look. */
export const newId = (prefix: string): string => `${prefix}_1${word(23)}`

export const newSecret = (id: string): string => `${id}_secret_${word(25)}`

/** The same numbers from 0 to 1 for the same seed. */
export function chanceOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
