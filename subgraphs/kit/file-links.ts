import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Clock } from './clock.ts'
import { newId } from './ids.ts'

/** What whoever holds a link may do, and once if it says so. */
export interface Grant {
  readonly method: 'GET' | 'PUT'
  readonly key: string
  readonly expiresAt: Date
  /** Of an upload: the content type it must have, and the most bytes. */
  readonly type: string
  readonly mostBytes: number
  /** Of what may be done once, such as an upload; empty otherwise. */
  readonly onceId: string
}

interface Asked {
  readonly key: string
  readonly ttlMs: number
}

export interface Links {
  /** To read a private file. With `isOnce`, the first to read it is the last. */
  reading(asked: Asked & { isOnce?: boolean }): string
  /** To upload one file, once. */
  uploading(asked: Asked & { type: string; mostBytes: number }): string
}

export const longestMs = 15 * 60_000

/** Paths on the file server, signed with `keys('files')`. A RangeError for more than 15 minutes. */
export function linksOf(key: Buffer, clock: Clock): Links {
  const signed = ({ ttlMs, ...grant }: Omit<Grant, 'expiresAt'> & { ttlMs: number }) => {
    if (!(ttlMs > 0 && ttlMs <= longestMs)) throw new RangeError(`${ttlMs} ms is not to 15 minutes`)
    return pathOf({ ...grant, expiresAt: new Date(clock.now().getTime() + ttlMs) }, key)
  }
  return {
    reading: ({ isOnce = false, ...asked }) =>
      signed({ ...asked, method: 'GET', type: '', mostBytes: 0, onceId: isOnce ? newId() : '' }),
    uploading: (asked) => signed({ ...asked, method: 'PUT', onceId: newId() }),
  }
}

/** What the link of this file says, or null for one that was not signed here. It may have expired. */
export function grantIn(fileKey: string, query: URLSearchParams, key: Buffer): Grant | null {
  const said = (name: string) => query.get(name) ?? ''
  const grant: Grant = {
    method: said('method') === 'PUT' ? 'PUT' : 'GET',
    key: fileKey,
    expiresAt: new Date(Number(said('expires'))),
    type: said('type'),
    mostBytes: Number(said('most')),
    onceId: said('once'),
  }
  if (!Number.isFinite(grant.expiresAt.getTime()) || !Number.isFinite(grant.mostBytes)) return null
  const [given, wanted] = [Buffer.from(said('mac')), Buffer.from(macOf(grant, key))]
  return given.length === wanted.length && timingSafeEqual(given, wanted) ? grant : null
}

function pathOf(grant: Grant, key: Buffer): string {
  const query = new URLSearchParams({
    method: grant.method,
    expires: String(grant.expiresAt.getTime()),
    type: grant.type,
    most: String(grant.mostBytes),
    once: grant.onceId,
    mac: macOf(grant, key),
  })
  return `/private/${grant.key}?${query}`
}

const macOf = ({ method, key: fileKey, expiresAt, type, mostBytes, onceId }: Grant, key: Buffer) =>
  createHmac('sha256', key)
    .update(JSON.stringify([method, fileKey, expiresAt.getTime(), type, mostBytes, onceId]))
    .digest('base64url')
