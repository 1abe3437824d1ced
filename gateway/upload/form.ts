import type { IncomingMessage } from 'node:http'
import type { Files } from '@shop/kit/files'
import { Refusal } from '../answer/refusal.ts'
import { saysWhereFrom } from '../edge/admit.ts'
import { paramsOf } from '../edge/params.ts'
import type { Params } from '../request.ts'
import { bad, type Parts, partsOf, tooLarge } from './parts.ts'
import { type Place, placesIn } from './places.ts'
import type { Upload } from './upload.ts'

export interface Uploads {
  /** Where the subgraphs find them. */
  readonly files: Files
  readonly mostFiles: number
  /** Of one file; of all together twice as much. */
  readonly mostFileBytes: number
  /** Forms whose files are taken in at the same time. */
  readonly mostAtOnce: number
}

export const usualUploads = { mostFiles: 10, mostFileBytes: 20 * 2 ** 20, mostAtOnce: 16 }

export const isForm = ({ headers }: IncomingMessage): boolean =>
  /^multipart\/form-data\s*;/i.test(headers['content-type'] ?? '')

/** Reads forms, in the manner of the GraphQL multipart request specification. */
export function formReader({ files, mostFiles, mostFileBytes, mostAtOnce }: Uploads) {
  const slots = slotsOf(mostAtOnce)
  return async (
    request: IncomingMessage,
    mostFieldBytes: number,
  ): Promise<{ params: Params; upload: Upload }> => {
    // A form is what any page can have a browser send, with the shopper's cookies.
    if (!saysWhereFrom(request)) {
      throw Refusal.of('FORGED', 'Say where this form is from: send x-shop-client.', {
        status: 403,
      })
    }
    const parts = partsOf(request, {
      fieldBytes: mostFieldBytes,
      files: mostFiles,
      bytes: 2 * mostFileBytes,
    })
    try {
      const operations = await jsonOf(parts, 'operations')
      const places = placesIn(operations, await jsonOf(parts, 'map'), mostFiles)
      const params = paramsOf(operations)
      return { params, upload: uploadOf(places, { parts, files, mostFileBytes, slots }) }
    } catch (fault) {
      parts.close()
      throw fault
    }
  }
}

async function jsonOf(parts: Parts, name: string): Promise<unknown> {
  const part = await parts.next()
  if (part?.kind !== 'field' || part.name !== name) {
    throw bad('A form has its operations, then its map, then its files.')
  }
  try {
    return JSON.parse(part.text)
  } catch {
    throw bad(`The ${name} of the form are not JSON.`)
  }
}

interface Receiving extends Pick<Uploads, 'files' | 'mostFileBytes'> {
  readonly parts: Parts
  /** Takes one of those that there are; gives back what gives it back. Throws a `Refusal` where there is none. */
  slots(): () => void
}

function slotsOf(most: number): Receiving['slots'] {
  let taken = 0
  return () => {
    if (taken >= most) throw overloaded()
    taken++
    return () => {
      taken--
    }
  }
}

function uploadOf(
  byName: ReadonlyMap<string, readonly Place[]>,
  { parts, files, mostFileBytes, slots }: Receiving,
): Upload {
  const waiting = new Map(byName)
  const kept: string[] = []
  let letGo = () => {}
  return {
    places: [...byName.values()].flat(),
    async receive() {
      letGo = slots()
      for (let part = await parts.next(); part; part = await parts.next()) {
        const [place] = waiting.get(part.name) ?? []
        if (part.kind !== 'file' || !place) throw bad('A part of the form is not in its map.')
        waiting.delete(part.name)
        const receiving = { type: typeIn(part.type), mostBytes: mostFileBytes }
        await files.put(place.key, part.body, receiving).catch(refused)
        kept.push(place.key)
      }
      if (waiting.size > 0) throw bad('A file of the map did not come.')
    },
    async end() {
      letGo()
      parts.close()
      for (const key of kept) await files.delete(key)
    },
  }
}

function refused(fault: unknown): never {
  const { code } = fault as { code?: unknown }
  throw code === 'TOO_LARGE' ? tooLarge('A file of the form is too large.') : fault
}

/** As its sender calls it; whoever takes it looks for itself. */
const typeIn = (given: string): string =>
  /^[\w.+-]{1,60}\/[\w.+-]{1,60}$/.test(given) ? given : 'application/octet-stream'

const overloaded = () =>
  Refusal.of('OVERLOADED', 'Too many forms are being read.', {
    status: 503,
    headers: { 'retry-after': '5' },
  })
