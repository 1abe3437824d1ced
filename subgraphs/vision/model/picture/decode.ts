import sharp, { type Sharp } from 'sharp'
import { type Refused, refused } from './refused.ts'

/** Red, green and blue bytes, row after row. */
export interface Pixels {
  readonly width: number
  readonly height: number
  readonly rgb: Uint8Array
}

export interface Picture extends Pixels {
  readonly kind: 'Picture'
  /** As it was sent, turned upright; `width` and `height` are of the smaller copy in `rgb`. */
  readonly sent: { readonly width: number; readonly height: number; readonly bytes: number }
}

export const limits = { bytes: 15 * 2 ** 20, pixels: 40_000_000, leastSide: 16, workingSide: 512 }

/**
 * A picture of at most 512 pixels a side, transparent places white. What the bytes claim to be is
 * read from their first bytes alone, so that only decoders of photographs ever see them, and the
 * size from the header, before anything is unpacked. Never throws for what was sent.
 */
export async function decoded(bytes: Uint8Array): Promise<Picture | Refused> {
  const unfit = unfitBytes(bytes)
  if (unfit) return unfit
  try {
    const options = { limitInputPixels: limits.pixels, failOn: 'error', pages: 1 } as const
    const source = sharp(bytes, options)
    const { width, height, pages = 1 } = await source.metadata()
    return unfitSize(width, height, pages) ?? (await working(source, bytes.length))
  } catch (error) {
    const most = error instanceof Error && error.message.includes('pixel limit')
    if (most) return tooManyPixels()
    return refused('PICTURE_BROKEN', 'The picture ends early or cannot be decoded.')
  }
}

const formats: readonly ((bytes: Buffer) => boolean)[] = [
  (bytes) => bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff,
  (bytes) => bytes.toString('latin1', 0, 8) === '\x89PNG\r\n\x1a\n',
  (bytes) => bytes.toString('latin1', 0, 4) === 'GIF8',
  (bytes) => `${bytes.toString('latin1', 0, 4)}${bytes.toString('latin1', 8, 12)}` === 'RIFFWEBP',
]

function unfitBytes(bytes: Uint8Array): Refused | undefined {
  if (bytes.length === 0) return refused('PICTURE_EMPTY', 'The file is empty.')
  if (bytes.length > limits.bytes) {
    return refused('PICTURE_TOO_MANY_BYTES', `A picture has at most ${limits.bytes} bytes.`)
  }
  const start = Buffer.from(bytes.subarray(0, 12))
  if (formats.some((matches) => matches(start))) return undefined
  return refused('PICTURE_FORMAT', 'A picture is a JPEG, PNG, WebP or GIF file.')
}

const tooManyPixels = () =>
  refused('PICTURE_TOO_MANY_PIXELS', `A picture has at most ${limits.pixels} pixels.`)

function unfitSize(width: number, height: number, pages: number): Refused | undefined {
  if (pages > 1) return refused('PICTURE_ANIMATED', 'A picture does not move.')
  if (width * height > limits.pixels) return tooManyPixels()
  if (Math.min(width, height) >= limits.leastSide) return undefined
  return refused('PICTURE_TOO_SMALL', `A side has at least ${limits.leastSide} pixels.`)
}

async function working(source: Sharp, bytes: number): Promise<Picture> {
  const { autoOrient } = await source.metadata()
  const { workingSide } = limits
  const { data, info } = await source
    .autoOrient()
    .resize(workingSide, workingSide, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#fff' })
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return {
    kind: 'Picture',
    ...{ width: info.width, height: info.height, rgb: data },
    sent: { width: autoOrient.width, height: autoOrient.height, bytes },
  }
}

/** The picture stretched to this size, its proportions not kept. */
export async function stretched(
  { width, height, rgb }: Pixels,
  [toWidth, toHeight]: readonly [number, number],
): Promise<Uint8Array> {
  return await sharp(rgb, { raw: { width, height, channels: 3 } })
    .resize(toWidth, toHeight, { fit: 'fill' })
    .raw()
    .toBuffer()
}
