import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { About, Files, Range } from '@shop/kit/files'
import type { Asked } from './asked.ts'
import { rangeIn } from './range.ts'
import { Refusal } from './refusal.ts'

/** Only what our own re-encoding publishes may be shown in place. */
const shown = new Set(['image/avif', 'image/jpeg', 'image/png', 'image/webp'])

export async function give(
  { key, method, isPublic }: Asked,
  response: ServerResponse,
  files: Files,
) {
  const { headers } = response.req
  const about = await files.about(key)
  if (!about) throw new Refusal([404, 'NOT_FOUND', 'There is no such file.'])
  describe(about, isPublic, response)
  if (headers['if-none-match']?.includes(etagOf(about))) {
    response.writeHead(304).end()
    return
  }
  const range = rangeAsked(headers, about)
  const { start, end } = range ?? { start: 0, end: about.bytes - 1 }
  if (range) response.setHeader('content-range', `bytes ${start}-${end}/${about.bytes}`)
  response.writeHead(range ? 206 : 200, { 'content-length': end - start + 1 })
  const body = method === 'HEAD' ? undefined : await files.get(key, range)
  if (body) await pipeline(body, response)
  else response.end()
}

const etagOf = ({ sha256 }: About) => `"${sha256}"`

function describe(about: About, isPublic: boolean, response: ServerResponse): void {
  const isShown = isPublic && shown.has(about.type)
  response.setHeader('content-type', about.type)
  response.setHeader('content-disposition', isShown ? 'inline' : 'attachment')
  response.setHeader('etag', etagOf(about))
  response.setHeader('accept-ranges', 'bytes')
  response.setHeader(
    'cache-control',
    isPublic ? 'public, max-age=31536000, immutable' : 'private, no-store',
  )
}

function rangeAsked(headers: IncomingHttpHeaders, about: About): Range | undefined {
  const isOfThis = (headers['if-range'] ?? etagOf(about)) === etagOf(about)
  const range = isOfThis ? rangeIn(headers.range, about.bytes) : undefined
  if (range !== null) return range
  const there = { 'content-range': `bytes */${about.bytes}` }
  throw new Refusal([416, 'BAD_RANGE', 'The file has no such bytes.'], there)
}
