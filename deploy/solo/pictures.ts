import type { RequestListener } from 'node:http'
import { drawnOn } from '@shop/catalog/pictures/drawn'
import { openStudio } from '@shop/catalog/pictures/studio'
import { drawImage } from '@shop/demo/drawing/draw-image'
import type { Image } from '@shop/demo/shop'
import { filesHandler } from '@shop/files/server'
import type { Clock } from '@shop/kit/clock'
import { folderFiles } from '@shop/kit/files'
import type { Keys } from '@shop/kit/keys'
import type { Log } from '@shop/kit/log'
import { localOnce } from '@shop/kit/remember-once'

interface Needs {
  readonly folder: string
  readonly keys: Keys
  readonly clock: Clock
  readonly log: Log
}

/** The file server of a shop whose pictures may be drawn when they are first asked for. */
export async function openFiles({ folder, keys, clock, log }: Needs) {
  await using opening = new AsyncDisposableStack()
  const files = await folderFiles(folder, clock)
  const studio = opening.use(openStudio())
  const key = keys('files')
  const drawn = drawnOn({ files, key, studio, draw })
  const handler: RequestListener = filesHandler({
    files,
    key,
    clock,
    log,
    once: localOnce(clock),
    drawn,
  })
  const opened = opening.move()
  return { handler, [Symbol.asyncDispose]: () => opened.disposeAsync() }
}

/** What the demo shop draws; anything else is left to the catalogue's own tile. */
function draw(drawing: Readonly<Record<string, unknown>>): string | undefined {
  if (!('silhouette' in drawing)) return undefined
  return drawImage({ images: [drawing as unknown as Image] }, 0)
}
