import { hashOf, mixed } from './chance.ts'

/**
 * UUIDv7-shaped (RFC 9562): 48 bits of the made-up time, the rest from seed, kind and number. Two
 * things of one kind never share an id, since the last 32 bits are a bijection of the number.
 */
export function idAt(kind: string, index: number, { seed, ms }: { seed: number; ms: number }) {
  const key = mixed(seed ^ hashOf(kind))
  const a = mixed(key ^ index)
  const b = mixed(a ^ 0x9e3779b9)
  const time = ms.toString(16).padStart(12, '0')
  const version = (0x7000 | (b & 0xfff)).toString(16)
  const variant = (0x8000 | ((b >>> 12) & 0x3fff)).toString(16)
  const end = hex(mixed(b ^ key)).slice(0, 4) + hex(a)
  return `${time.slice(0, 8)}-${time.slice(8)}-${version}-${variant}-${end}`
}

const hex = (value: number) => value.toString(16).padStart(8, '0')
