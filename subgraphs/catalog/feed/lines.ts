import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'

export interface Line {
  /** From 1. */
  readonly line: number
  /** Null where it is too long to be a product. */
  readonly text: string | null
}

/** One product, with every attribute there may be, has less. */
export const longestLine = 2 ** 20

/** As it lies there, or as it was before gzip. `told` hears how many bytes of the file were read. */
export async function opened(file: string, told: (bytes: number) => void): Promise<Readable> {
  const handle = await open(file)
  const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0)
  await handle.close()
  const stream = Readable.from(counted(file, told), { objectMode: false })
  if (buffer.readUInt16BE() !== 0x1f8b) return stream
  const gunzip = createGunzip()
  stream.on('error', (fault) => gunzip.destroy(fault))
  return stream.pipe(gunzip)
}

async function* counted(file: string, told: (bytes: number) => void) {
  let bytes = 0
  for await (const chunk of createReadStream(file)) {
    bytes += chunk.length
    told(bytes)
    yield chunk as Buffer
  }
}

/** What a file is known by, so that the import of it can go on where it was ended. */
export async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk)
  return hash.digest('hex')
}

/** Keeps no more than one line, however long one is. Empty lines are counted and left out. */
export async function* linesOf(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  const decoder = new TextDecoder()
  const lines = new Lines()
  for await (const chunk of stream) yield* lines.take(decoder.decode(chunk, { stream: true }))
  yield* lines.end()
}

class Lines {
  #line = 0
  #rest = ''
  #isTooLong = false

  take(text: string): Line[] {
    return text.split('\n').flatMap((part, index) => {
      const ended = index > 0 ? this.end() : []
      this.#add(part)
      return ended
    })
  }

  end(): Line[] {
    const [text, isTooLong] = [this.#rest, this.#isTooLong]
    this.#line += 1
    this.#rest = ''
    this.#isTooLong = false
    if (!isTooLong && text.trim() === '') return []
    return [{ line: this.#line, text: isTooLong ? null : text }]
  }

  #add(part: string): void {
    if (this.#isTooLong) return
    this.#rest += part
    if (this.#rest.length <= longestLine) return
    this.#rest = ''
    this.#isTooLong = true
  }
}
