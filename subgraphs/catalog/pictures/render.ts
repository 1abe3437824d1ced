import sharp, { type Sharp } from 'sharp'
import { type Format, formats, type Width, widths } from '../domain/picture.ts'
import type { Kind, Rendered, Rendition } from './studio.ts'

// The process behind openStudio. It has no secret and no connection: a picture that takes it over has nothing.
const pixels = Number(process.argv[2])

sharp.cache(false)
sharp.concurrency(1)
// Of the decoders that sharp ships, these; an SVG is our own drawing, read as text without references.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: [
    'VipsForeignLoadJpegBuffer',
    'VipsForeignLoadPngBuffer',
    'VipsForeignLoadWebpBuffer',
    'VipsForeignLoadSvgBuffer',
  ],
})

process.on('message', ({ source, kind }: { source: Uint8Array; kind: Kind }) => {
  render(source, kind).then(
    (rendered) => process.send?.({ rendered }),
    () => process.send?.({ refused: 'This picture could not be read.' }),
  )
})

async function render(source: Uint8Array, kind: Kind): Promise<Rendered> {
  const opened = () => sharp(source, { limitInputPixels: pixels, failOn: 'error' })
  const { format, width = 0, height = 0, orientation = 1 } = await opened().metadata()
  if (format !== kind) throw new Error('It is not what it begins as.')
  // Decoded once, to the widest; the others are made from that.
  const widest = await fit(opened().autoOrient(), widths[0]).png({ compressionLevel: 1 }).toBuffer()
  const renditions: Rendition[] = []
  for (const each of widths) {
    for (const format of formats) renditions.push(await encoded(widest, each, format))
  }
  const isTurned = orientation >= 5
  return { width: isTurned ? height : width, height: isTurned ? width : height, renditions }
}

const fit = (picture: Sharp, width: Width) =>
  picture.resize({ width, height: width, fit: 'inside', withoutEnlargement: true })

async function encoded(widest: Buffer, width: Width, format: Format): Promise<Rendition> {
  const picture = fit(sharp(widest), width)
  const bytes =
    format === 'webp'
      ? await picture.webp({ quality: 80, effort: 3 }).toBuffer()
      : await picture.flatten({ background: '#ffffff' }).jpeg({ quality: 82 }).toBuffer()
  return { width, format, bytes }
}
