import type { Readable } from 'node:stream'
import type { Database } from '@shop/kit/database'
import { serviceNamed } from '@shop/kit/identity'
import { begun, reached } from '../db/checkpoints.ts'
import type { Tables } from '../db/schema.ts'
import { type Numbered, writeBatch } from './batch.ts'
import { type FeedFormat, recordsOf } from './records.ts'

export interface Rejected {
  readonly line: number
  readonly reason: string
}

export interface Imported {
  /** Of the file: products that were read, those of them that were new or another than before, and refused. */
  readonly read: number
  readonly written: number
  readonly rejected: number
  /** Where an import that was ended before went on; 0 for the beginning. */
  readonly resumedAfterLine: number
}

interface Feed {
  readonly format: FeedFormat
  readonly stream: Readable
  /** Of the file, which it is known by when the import of it is taken up again. */
  readonly fileHash: string
}

export interface Listening {
  readonly rejected: (row: Rejected) => void
  /** After each batch, with the variants that it named: for whoever puts stock to them. */
  readonly batch?: (variantIds: readonly string[]) => Promise<void>
}

const batchSize = 500
const service = serviceNamed('catalog')

/**
 * Reads a feed into the shop, five hundred products a transaction. Each transaction says how far it
 * has come, so an import that was ended goes on behind it, and one that is repeated changes nothing.
 */
export async function importProducts(
  db: Database<Tables>,
  { format, stream, fileHash }: Feed,
  { rejected, batch = async () => {}, now }: Listening & { now: Date },
): Promise<Imported> {
  const from = await begun(db, service, { fileHash, at: now })
  const totals = { read: 0, written: 0, rejected: 0, resumedAfterLine: from.lines }
  const reject = (row: Rejected) => {
    totals.rejected += 1
    rejected(row)
  }

  async function flush(records: readonly Numbered[], lines: number, isDone = false) {
    const { written, variantIds, ...told } = await db.as(service, async (tx) => {
      const outcome = await writeBatch(tx, records, from.at)
      await reached(tx, { ...from, lines, isDone })
      return outcome
    })
    totals.written += written
    told.rejected.forEach(reject)
    await batch(variantIds)
  }

  let waiting = new Batch()
  let last = from.lines
  for await (const read of recordsOf(format, stream)) {
    if (read.line <= from.lines) continue
    last = read.line
    if ('reason' in read) {
      reject(read)
      continue
    }
    totals.read += 1
    if (waiting.isFullFor(read)) {
      await flush(waiting.records, waiting.lastLine)
      waiting = new Batch()
    }
    waiting.add(read)
  }
  await flush(waiting.records, last, true)
  return totals
}

/** Holds no SKU and no slug twice: the second is an update of the first, and comes in a later one. */
class Batch {
  readonly records: Numbered[] = []
  readonly #seen = new Set<string>()

  get lastLine(): number {
    return this.records.at(-1)?.line ?? 0
  }

  isFullFor(read: Numbered): boolean {
    return this.records.length === batchSize || keysOf(read).some((key) => this.#seen.has(key))
  }

  add(read: Numbered): void {
    this.records.push(read)
    for (const key of keysOf(read)) this.#seen.add(key)
  }
}

const keysOf = ({ record }: Numbered) => [
  `slug ${record.slug}`,
  ...record.variants.map(({ sku }) => `sku ${sku.trim()}`),
]
