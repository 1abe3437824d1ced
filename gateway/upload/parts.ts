import type { IncomingMessage } from 'node:http'
import { PassThrough, type Readable } from 'node:stream'
import { Busboy } from '@fastify/busboy'
import { Refusal } from '../answer/refusal.ts'

/** Of a form, in the order in which they come. */
export type Part =
  | { readonly kind: 'field'; readonly name: string; readonly text: string }
  | {
      readonly kind: 'file'
      readonly name: string
      readonly type: string
      readonly body: Readable
    }

export interface Parts {
  /** The next part; null after the last. A file must have been read before. Rejects with a `Refusal`. */
  next(): Promise<Part | null>
  /** What still comes is let go: whoever sends can read an answer. */
  close(): void
}

interface Most {
  readonly fieldBytes: number
  readonly files: number
  readonly bytes: number
}

const fields = 2

/** Parts of a multipart form, read no faster than they are taken. */
export function partsOf(request: IncomingMessage, most: Most): Parts {
  const form = formIn(request, most)
  const parts = new PassThrough({ objectMode: true, highWaterMark: fields + most.files })
  const bodies = new Set<Readable>()
  const fail = (fault: Error) => {
    parts.destroy(fault)
    for (const body of bodies) body.destroy(fault)
    request.unpipe(form)
    request.resume()
  }
  // An error that nobody waits for any more is no fault of this process.
  parts.on('error', () => {})
  form.on('field', (name, text, ...[, isCut]) => {
    if (isCut) fail(tooLarge('A field of the form is too large.'))
    else parts.write({ kind: 'field', name, text } satisfies Part)
  })
  form.on('file', (name, body, ...[, , type]) => {
    bodies.add(body.on('error', () => {}))
    parts.write({ kind: 'file', name, type, body } satisfies Part)
  })
  for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const) {
    form.on(limit, () => fail(bad('The form has too many parts.')))
  }
  form.on('finish', () => parts.end())
  form.on('error', () => fail(bad('The form is broken.')))
  request.on('error', () => fail(bad('The form ended early.')))
  request.on('aborted', () => fail(bad('The form ended early.')))
  countIn(request, most.bytes, () => fail(tooLarge('The form is too large.')))
  request.pipe(form)
  const each = parts.iterator() as AsyncIterator<Part>
  return {
    next: async () => (await each.next()).value ?? null,
    close: () => fail(bad('Nobody waits for it.')),
  }
}

function formIn({ headers }: IncomingMessage, most: Most) {
  if (Number(headers['content-length'] ?? 0) > most.bytes) throw tooLarge('The form is too large.')
  try {
    const limits = { fields, fieldSize: most.fieldBytes, files: most.files }
    return new Busboy({
      headers: { ...headers, 'content-type': headers['content-type'] ?? '' },
      limits: { ...limits, parts: fields + most.files, headerPairs: 20, headerSize: 4_096 },
    })
  } catch {
    throw bad('The form has no boundary.')
  }
}

function countIn(request: IncomingMessage, most: number, onTooMany: () => void): void {
  let bytes = 0
  const count = (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes <= most) return
    request.off('data', count)
    onTooMany()
  }
  request.on('data', count)
}

export const bad = (message: string) => Refusal.of('BAD_REQUEST', message)

export const tooLarge = (message: string) =>
  Refusal.of('REQUEST_TOO_LARGE', message, { status: 413 })
