import type { IncomingMessage } from 'node:http'
import { Refusal } from '../answer/refusal.ts'

const strict = new TextDecoder('utf-8', { fatal: true })

/** The text of a JSON body. Rejects with a `Refusal` for one that is too large, or of another kind. */
export async function bodyOf(request: IncomingMessage, mostBytes: number): Promise<string> {
  checkKind(request)
  const whole = await bytesOf(request, mostBytes)
  try {
    return strict.decode(whole)
  } catch {
    throw Refusal.of('BAD_REQUEST', 'The body is not UTF-8.')
  }
}

/**
 * A body as it came. One that is too large is refused at the byte that is too many; what still
 * comes is let go, since whoever sends could not read a refusal on a connection that is cut.
 */
export function bytesOf(request: IncomingMessage, mostBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (Number(request.headers['content-length'] ?? 0) > mostBytes) return reject(tooLarge())
    let first: Buffer | null = null
    let more: Buffer[] | null = null
    let bytes = 0
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > mostBytes) return reject(tooLarge())
      if (first === null) first = chunk
      else {
        more ??= [first]
        more.push(chunk)
      }
    })
    request.on('end', () => resolve(more ? Buffer.concat(more, bytes) : (first ?? Buffer.alloc(0))))
    request.on('error', reject)
    request.on('aborted', () => reject(Refusal.of('BAD_REQUEST', 'The body ended early.')))
  })
}

function checkKind({ headers }: IncomingMessage): void {
  const type = headers['content-type'] ?? ''
  // Anything else could be sent by a form on somebody else's page, with the shopper's cookies.
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    throw unsupported('The body must be application/json.')
  }
  const charset = /charset\s*=\s*"?([\w-]+)/i.exec(type)?.[1]
  if (charset && charset.toLowerCase() !== 'utf-8') throw unsupported('The body must be UTF-8.')
  const encoding = headers['content-encoding'] ?? 'identity'
  if (encoding !== 'identity') throw unsupported('The body must not be compressed.')
}

const unsupported = (message: string) =>
  Refusal.of('UNSUPPORTED_MEDIA_TYPE', message, { status: 415 })

const tooLarge = () =>
  Refusal.of('REQUEST_TOO_LARGE', 'The body is too large.', {
    status: 413,
    headers: { connection: 'close' },
  })
