import sharp from 'sharp'

interface Drawing {
  readonly width: number
  readonly height: number
  readonly ground?: string
  readonly colour?: string
  readonly format?: 'png' | 'jpeg' | 'webp' | 'gif'
}

/** A picture of a disc, with stripes above it, on a plain ground. */
export async function drawn(drawing: Drawing): Promise<Buffer> {
  const { width, height, ground = '#ffffff', colour = '#c81e28', format = 'png' } = drawing
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 100 100" preserveAspectRatio="none">
    <rect width="100" height="100" fill="${ground}"/>
    <circle cx="52" cy="56" r="28" fill="${colour}"/>
    <path d="M30 12h50M30 18h30" stroke="${colour}" stroke-width="3"/>
  </svg>`
  return await sharp(Buffer.from(svg)).flatten({ background: ground }).toFormat(format).toBuffer()
}
