import { hashOf, mixed } from './chance.ts'

/**
 * UUIDv7-shaped (RFC 9562): 48 bits of the made-up time, the rest from seed, kind and number. Two
 * things of one kind never share an id, since the last 32 bits are a bijection of the number.
 */
export function idAt(kind: string, index: number, { seed, ms }: { seed: number; ms: number }) {
  const key = mixed(seed ^ hashOf(kind))
  const a = mixed(key ^ index)
  const b = mixed(a ^ 0x9e3779b9)
  const time = four(Math.floor(ms / 0x1_0000_0000)) + four(ms / 0x1_0000)
  const version = 0x7000 | (b & 0xfff)
  const variant = 0x8000 | ((b >>> 12) & 0x3fff)
  const end = four(mixed(b ^ key)) + four(a >>> 16) + four(a)
  return `${time}-${four(ms)}-${four(version)}-${four(variant)}-${end}`
}

// A table of bytes is several times as fast as `toString(16).padStart`, and ids are most of the work.
const bytes = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** The last sixteen bits. */
const four = (value: number) => `${bytes[(value >>> 8) & 255]}${bytes[value & 255]}`
