import { createWriteStream } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { openDatabase } from '@shop/kit/database'
import type { Standing } from '@shop/kit/standing'
import type { Tables } from './db/schema.ts'
import { exported } from './feed/export.ts'
import { type Imported, importProducts, type Listening } from './feed/import.ts'
import { hashOf, opened } from './feed/lines.ts'
import type { FeedFormat } from './feed/records.ts'

export type { FeedFormat } from './feed/records.ts'

interface Place {
  readonly databaseUrl: string
  readonly standing: Pick<Standing, 'clock' | 'keys' | 'log'>
}

interface Hearing extends Listening {
  /** How much of the file has been read, from 0 to 1. */
  readonly told: (share: number) => void
}

/** Reads a file of products into the shop; see importProducts. Gzip is known by its first bytes. */
export async function importFile(
  { databaseUrl, standing }: Place,
  { file, format }: { file: string; format: FeedFormat },
  { told, ...listening }: Hearing,
): Promise<Imported> {
  const { size } = await stat(file)
  const fileHash = await hashOf(file)
  await using db = openDatabase<Tables>(databaseUrl, { ...standing, connections: 2 })
  const stream = await opened(file, (bytes) => told(size === 0 ? 1 : bytes / size))
  const now = standing.clock.now()
  // Awaited here: what is used closes when this function ends.
  return await importProducts(db, { format, stream, fileHash }, { ...listening, now })
}

/** Writes every product that has something to buy, under its name once it is whole. */
export async function exportFile(
  { databaseUrl, standing }: Place,
  { file, format }: { file: string; format: 'csv' | 'jsonl' },
  told: (products: number) => void,
): Promise<void> {
  await using db = openDatabase<Tables>(databaseUrl, { ...standing, connections: 1 })
  const making = `${file}.making`
  try {
    await pipeline(Readable.from(exported(db, format, told)), createWriteStream(making))
    await rename(making, file)
  } finally {
    await rm(making, { force: true })
  }
}
