import type { IncomingHttpHeaders } from 'node:http'
import type { Clock } from '@shop/kit/clock'
import { type Grant, grantIn, longestMs } from '@shop/kit/file-links'
import type { RememberOnce } from '@shop/kit/remember-once'
import type { Asked } from './asked.ts'
import { Refusal } from './refusal.ts'

interface Needs {
  readonly clock: Clock
  readonly key: Buffer
  readonly once: RememberOnce
}

/** What the link allows, taken if it may be used once; a Refusal when this is not it. */
export async function admitted(
  { key: fileKey, method, query }: Asked,
  { clock, key, once }: Needs,
  headers: IncomingHttpHeaders = {},
): Promise<Grant> {
  const grant = grantIn(fileKey, query, key)
  const reads = method === 'HEAD' ? 'GET' : method
  if (grant?.method !== reads) throw new Refusal([403, 'FORBIDDEN', 'This link is not for this.'])
  const leftMs = grant.expiresAt.getTime() - clock.now().getTime()
  if (leftMs <= 0 || leftMs > longestMs) {
    throw new Refusal([403, 'LINK_EXPIRED', 'This link has expired.'])
  }
  if (method === 'PUT') mayUpload(grant, headers)
  // To look at it is not to use it.
  if (grant.onceId === '' || method === 'HEAD') return grant
  const seen = await once.seen(`file-link:${grant.onceId}`, leftMs)
  if (seen === false) return grant
  throw seen === true
    ? new Refusal([409, 'LINK_USED', 'This link has been used.'])
    : new Refusal([503, 'UNAVAILABLE', 'Not now.'], { 'retry-after': '5' })
}

/** Told before the first byte where the headers tell it, and without using the link up. */
function mayUpload({ type, mostBytes }: Grant, headers: IncomingHttpHeaders): void {
  if (headers['content-type'] !== type) {
    throw new Refusal([415, 'WRONG_TYPE', 'This link is for another type of file.'])
  }
  if (Number(headers['content-length'] ?? 0) > mostBytes) {
    throw new Refusal([413, 'TOO_LARGE', `The file has more than ${mostBytes} bytes.`])
  }
}
