import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { Files } from '@shop/kit/files'
import { AlreadyThere } from '@shop/kit/files'
import { type Drawing, type Format, formats, type Width, widths } from '../domain/picture.ts'
import type { Studio } from './studio.ts'
import { tile } from './tile.ts'

/** An SVG of 800 × 800, always the same for the same description; undefined for a kind that is not its own. */
export type Draw = (drawing: Drawing) => string | undefined

/** `drawn/<description>.<mac>/<width>.<format>`: all that is needed to draw is in the path. */
export function drawnPath(drawing: object, wanted: { width: Width; format: Format }, key: Buffer) {
  const body = Buffer.from(JSON.stringify(drawing)).toString('base64url')
  return `drawn/${body}.${macOf(body, key)}/${wanted.width}.${wanted.format}`
}

interface Needs {
  readonly files: Files
  /** `keys('files')`, as for links. */
  readonly key: Buffer
  readonly studio: Studio
  readonly draw: Draw
}

/**
 * For the file server: the key of the file behind a path that begins with `drawn/`, drawn and kept
 * when it is first asked for. Undefined for a path that was not made here.
 */
export function drawnOn(needs: Needs): (path: string) => Promise<string | undefined> {
  const drawing = new Map<string, Promise<void>>()

  return async (path) => {
    const asked = askedIn(path, needs.key)
    if (!asked) return undefined
    const folder = `drawn/${createHash('sha256').update(asked.body).digest('hex').slice(0, 40)}`
    const kept = `${folder}/${asked.name}`
    if (await needs.files.about(kept)) return kept
    const begun = drawing.get(folder) ?? drawAll(asked.body, folder, needs)
    drawing.set(folder, begun)
    try {
      await begun
    } finally {
      drawing.delete(folder)
    }
    return kept
  }
}

/** All renditions at once: who asks for one of them soon asks for another. */
async function drawAll(body: string, folder: string, { files, studio, draw }: Needs) {
  const description = JSON.parse(Buffer.from(body, 'base64url').toString()) as Drawing
  const svg = draw(description) ?? tile(description)
  const { renditions } = await studio.render(Buffer.from(svg), 'svg')
  for (const { width, format, bytes } of renditions) {
    const receiving = { type: `image/${format}`, mostBytes: bytes.byteLength }
    await files.put(`${folder}/${width}.${format}`, onceOf(bytes), receiving).catch(unlessThere)
  }
}

/** Another process drew the same: it is the same. */
function unlessThere(fault: unknown): void {
  if (!(fault instanceof AlreadyThere)) throw fault
}

export async function* onceOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

const shape = /^drawn\/([\w-]{1,4000})\.([\w-]{22})\/((\d+)\.(\w+))$/

function askedIn(path: string, key: Buffer) {
  const [, body = '', mac = '', name = '', width, format] = shape.exec(path) ?? []
  const isKnown =
    widths.some((each) => String(each) === width) && formats.some((each) => each === format)
  const wanted = Buffer.from(macOf(body, key))
  const given = Buffer.from(mac)
  const isOurs = given.length === wanted.length && timingSafeEqual(given, wanted)
  return isKnown && isOurs ? { body, name } : undefined
}

/** 16 bytes, as 22 characters. */
const macOf = (body: string, key: Buffer) =>
  createHmac('sha256', key).update(`drawn ${body}`).digest('base64url').slice(0, 22)
