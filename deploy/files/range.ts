import type { Range } from '@shop/kit/files'

/**
 * RFC 9110, section 14.2, for one range of bytes. Undefined for no range, several, or one that is not
 * understood: then the whole is sent, as the RFC allows. Null for one that the file does not have.
 */
export function rangeIn(header: string | undefined, bytes: number): Range | null | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? []
  if (first) return from(Number(first), last ? Number(last) : bytes - 1, bytes)
  return last ? theLast(Number(last), bytes) : undefined
}

function from(start: number, end: number, bytes: number): Range | null | undefined {
  if (start >= bytes) return null
  return end < start ? undefined : { start, end: Math.min(end, bytes - 1) }
}

const theLast = (count: number, bytes: number): Range | null =>
  count > 0 && bytes > 0 ? { start: Math.max(0, bytes - count), end: bytes - 1 } : null
