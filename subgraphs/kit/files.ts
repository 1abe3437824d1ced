import { createHash } from 'node:crypto'
import { type FileHandle, link, mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Readable } from 'node:stream'
import type { Clock } from './clock.ts'
import { ShopError } from './errors.ts'
import { newId } from './ids.ts'

export interface About {
  readonly type: string
  readonly bytes: number
  /** Of its content, in hexadecimal. */
  readonly sha256: string
  readonly storedAt: Date
}

export interface Receiving {
  readonly type: string
  readonly mostBytes: number
}

/** First and last byte, both counted from 0 and both included. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** Files by key. What stands is never written over; what was only half received is never seen. */
export interface Files {
  /** Takes a private file in as it comes; more than `mostBytes` is TooLarge, a taken key AlreadyThere. */
  put(key: string, body: AsyncIterable<Uint8Array>, receiving: Receiving): Promise<About>
  /** Anybody may read it. The key is made of its content: the same content again is the same key. */
  publish(body: AsyncIterable<Uint8Array>, receiving: Receiving): Promise<string>
  about(key: string): Promise<About | undefined>
  get(key: string, range?: Range): Promise<Readable | undefined>
  delete(key: string): Promise<void>
}

export class TooLarge extends ShopError {
  readonly code = 'TOO_LARGE'
}

export class AlreadyThere extends ShopError {
  readonly code = 'ALREADY_THERE'
}

export class BadFileKey extends ShopError {
  readonly code = 'BAD_FILE_KEY'
}

/** Segments of plain letters that do not begin with a dot, so that no key leads out of the store. */
export const isFileKey = (key: string): boolean =>
  key.length <= 200 && /^[a-z0-9][\w.-]*(\/[a-z0-9][\w.-]*)*$/i.test(key)

const endings: Readonly<Record<string, string>> = {
  'image/avif': '.avif',
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/webp': '.webp',
}

/** A file begins with this many bytes that say what it is, so that both come to be at once. */
const headBytes = 512
const abandonedMs = 86_400_000

/** In a folder, which it makes; several processes may use it at once. */
export async function folderFiles(folder: string, clock: Clock): Promise<Files> {
  const incoming = path.join(folder, 'incoming')
  await sweep(incoming, clock)
  // What is uploaded is put there to be taken: whatever is kept of it has another key.
  await sweep(path.join(folder, 'kept', 'uploads'), clock)

  const pathOf = (key: string) => {
    if (!isFileKey(key)) throw new BadFileKey('This is no key of a file.')
    return path.join(folder, 'kept', key)
  }

  /** Receives under a name of its own, then `keep` gives it the one it is known by. */
  async function received<T>(
    body: AsyncIterable<Uint8Array>,
    receiving: Receiving,
    keep: (file: string, about: About) => Promise<T>,
  ): Promise<T> {
    const file = path.join(incoming, newId())
    try {
      await using handle = await open(file, 'wx', 0o600)
      const about = { ...(await write(handle, body, receiving)), storedAt: clock.now() }
      await handle.write(headFor(about), 0, headBytes, 0)
      await handle.sync()
      return await keep(file, about)
    } finally {
      await rm(file, { force: true })
    }
  }

  return {
    put: async (key, body, receiving) => {
      if (key.startsWith('public/')) throw new BadFileKey('What is public is published.')
      const place = pathOf(key)
      return received(body, receiving, async (file, about) => {
        if (!(await placed(file, place))) throw new AlreadyThere('There is a file of this key.')
        return about
      })
    },
    publish: (body, receiving) =>
      received(body, receiving, async (file, { sha256 }) => {
        const key = `public/${sha256}${endings[receiving.type] ?? ''}`
        await placed(file, pathOf(key))
        return key
      }),
    async about(key) {
      const handle = await opened(pathOf(key))
      if (!handle) return undefined
      await using _ = handle
      return headOf(handle)
    },
    async get(key, range) {
      const handle = await opened(pathOf(key))
      if (!handle) return undefined
      const start = headBytes + (range?.start ?? 0)
      return handle.createReadStream({ start, ...(range && { end: headBytes + range.end }) })
    },
    delete: (key) => rm(pathOf(key), { force: true }),
  }
}

async function write(
  handle: FileHandle,
  body: AsyncIterable<Uint8Array>,
  { type, mostBytes }: Receiving,
) {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of body) {
    if (bytes + chunk.byteLength > mostBytes) {
      throw new TooLarge(`The file has more than ${mostBytes} bytes.`)
    }
    hash.update(chunk)
    for (let from = 0; from < chunk.byteLength; ) {
      const at = headBytes + bytes + from
      const { bytesWritten } = await handle.write(chunk, from, chunk.byteLength - from, at)
      from += bytesWritten
    }
    bytes += chunk.byteLength
  }
  return { type, bytes, sha256: hash.digest('hex') }
}

/** A link, unlike a rename, fails when the name is taken: of two at once, one is false. */
async function placed(file: string, place: string): Promise<boolean> {
  try {
    await mkdir(path.dirname(place), { recursive: true })
    await link(file, place)
    return true
  } catch (fault) {
    if (!['EEXIST', 'ENOTDIR'].includes(codeOf(fault))) throw fault
    return false
  }
}

async function opened(place: string): Promise<FileHandle | undefined> {
  try {
    const handle = await open(place)
    if ((await handle.stat()).isFile()) return handle
    await handle.close()
  } catch (fault) {
    if (!['ENOENT', 'ENOTDIR'].includes(codeOf(fault))) throw fault
  }
  return undefined
}

function headFor(about: About): Buffer {
  const head = Buffer.from(JSON.stringify(about).padEnd(headBytes))
  if (head.byteLength > headBytes) throw new RangeError('The name of the content type is too long.')
  return head
}

async function headOf(handle: FileHandle): Promise<About> {
  const head = Buffer.alloc(headBytes)
  await handle.read(head, 0, headBytes, 0)
  const { storedAt, ...about } = JSON.parse(head.toString())
  return { ...about, storedAt: new Date(storedAt) }
}

/** What a crash left half received, and what nobody came for. */
async function sweep(place: string, clock: Clock): Promise<void> {
  await mkdir(place, { recursive: true })
  const since = clock.now().getTime() - abandonedMs
  const entries = await readdir(place, { recursive: true, withFileTypes: true })
  for (const { parentPath, name } of entries.filter((entry) => entry.isFile())) {
    const file = path.join(parentPath, name)
    // Another process may have done with it meanwhile.
    const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: since }))
    if (mtimeMs < since) await rm(file, { force: true })
  }
}

const codeOf = (fault: unknown) => String((fault as { code?: unknown }).code)
