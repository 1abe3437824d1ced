import { BadUserInput } from '@shop/kit/errors'
import type { Links } from '@shop/kit/file-links'
import { type Files, isFileKey } from '@shop/kit/files'
import { newId } from '@shop/kit/ids'
import {
  type Format,
  type Image,
  type Picture,
  type Renditions,
  widthFor,
} from '../domain/picture.ts'
import type { ImageUpload } from '../domain/upload-image.ts'
import { drawnPath, onceOf } from './drawn.ts'
import { BadImage, type Kind, type Studio } from './studio.ts'

export interface Source {
  readonly fileKey?: string | null | undefined
  readonly file?: string | null | undefined
  readonly base64?: string | null | undefined
}

interface Opened {
  readonly files: Files
  readonly studio: Studio
  readonly links: Links
  /** `keys('files')`. */
  readonly key: Buffer
  /** Where the file server is, without a slash at the end. */
  readonly url: string
}

/** Beyond it the gateway's own limit stands; larger ones come by an upload. */
const mostInline = 700_000
const ttlMs = 600_000
const mostUploaded = 20 * 2 ** 20

export class Pictures {
  readonly #opened: Opened

  constructor(opened: Opened) {
    this.#opened = opened
  }

  /** Never changes what it gives: its path is made of the content, or of what is to be drawn. */
  urlOf(
    { renditions, drawing }: Image,
    wanted: { width: number; format: 'WEBP' | 'JPEG' },
  ): string {
    const { url, key } = this.#opened
    const width = widthFor(wanted.width)
    const format = wanted.format.toLowerCase() as Format
    if (renditions) return `${url}/${renditions[`${width}`][format]}`
    return `${url}/${drawnPath(drawing ?? {}, { width, format }, key)}`
  }

  /** Reads, checks and encodes a picture anew, and publishes what comes of it; BadImage where it is none. */
  async take(source: Source): Promise<Picture> {
    const { files, studio } = this.#opened
    const bytes = await this.#read(source)
    const { renditions, ...size } = await studio.render(bytes, kindOf(bytes))
    const kept: Partial<Record<string, Partial<Record<Format, string>>>> = {}
    for (const { width, format, bytes } of renditions) {
      const receiving = { type: `image/${format}`, mostBytes: bytes.byteLength }
      kept[width] = { ...kept[width], [format]: await files.publish(onceOf(bytes), receiving) }
    }
    return { ...size, renditions: kept as unknown as Renditions }
  }

  uploadTo({ type, bytes }: { type: string; bytes: number }, now: Date): ImageUpload {
    const isKnown = beginnings.some(([kind]) => type === `image/${kind}`)
    if (!isKnown || !(bytes > 0 && bytes <= mostUploaded)) {
      throw new BadUserInput(`An upload is a JPEG, PNG or WebP of at most ${mostUploaded} bytes.`)
    }
    const fileKey = `uploads/catalog/${newId()}`
    const path = this.#opened.links.uploading({ key: fileKey, ttlMs, type, mostBytes: bytes })
    const expiresAt = new Date(now.getTime() + ttlMs)
    return { kind: 'ImageUpload', fileKey, url: `${this.#opened.url}${path}`, expiresAt }
  }

  async #read({ fileKey, file, base64 }: Source): Promise<Buffer> {
    const given = [fileKey, file, base64].filter(Boolean)
    if (given.length !== 1) throw new BadImage('Give one of fileKey, file and base64.')
    if (base64) {
      if (base64.length > (mostInline * 4) / 3 + 4) throw new BadImage('This is for an upload.')
      return Buffer.from(base64, 'base64')
    }
    return this.#uploaded(fileKey ?? file ?? '')
  }

  /** Only what was uploaded: no other private file can be made public by its key. */
  async #uploaded(key: string): Promise<Buffer> {
    const { files } = this.#opened
    const about = key.startsWith('uploads/') && isFileKey(key) ? await files.about(key) : undefined
    const body = about && about.bytes <= mostUploaded ? await files.get(key) : undefined
    if (!body) throw new BadImage('There is no such upload.')
    return Buffer.concat(await body.toArray())
  }
}

const beginnings: readonly (readonly [Kind, RegExp])[] = [
  ['jpeg', /^ffd8ff/],
  ['png', /^89504e470d0a1a0a/],
  ['webp', /^52494646.{8}57454250/],
]

/** By its first bytes, whatever it calls itself. */
function kindOf(bytes: Buffer): Kind {
  const head = bytes.subarray(0, 12).toString('hex')
  const [kind] = beginnings.find(([, shape]) => shape.test(head)) ?? []
  if (!kind) throw new BadImage('A picture is a JPEG, a PNG or a WebP.')
  return kind
}
