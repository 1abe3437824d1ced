import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  statSync,
  truncateSync,
} from 'node:fs'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { sha256 } from '@shop/kit/learn/model-folder'
import { fast, precise } from '../weights/networks.ts'
import { histogramWidth } from './colour-histogram.ts'

export interface Embedding {
  readonly precise: Float32Array
  readonly fast: Float32Array
}

const widths = [precise.width + histogramWidth, fast.width + histogramWidth] as const
const recordBytes = 32 + 4 * (widths[0] + widths[1])

/**
 * What the networks see in these files, in their order, by two workers. What was seen is kept in
 * the folder by the hash of the file's bytes, so a second run looks at nothing again. Throws on a
 * file that cannot be decoded: a set that is judged is whole.
 */
export async function embeddingsOf(folder: string, files: readonly string[]): Promise<Embedding[]> {
  const kept = path.join(folder, `embeddings-${keptName()}.bin`)
  mkdirSync(folder, { recursive: true })
  const known = readKept(kept)
  const hashes = files.map((file) => sha256(readFileSync(file)))
  const unseen = new Map(
    files.flatMap((file, i) => (known.has(hashes[i] ?? '') ? [] : [[file, hashes[i] ?? '']])),
  )
  await seenByWorkers(folder, [...unseen.keys()], (file, embedding) => {
    const hash = unseen.get(file) as string
    known.set(hash, embedding)
    appendFileSync(kept, recordOf(hash, embedding))
  })
  return hashes.map((hash) => known.get(hash) as Embedding)
}

/** Changes with anything that changes what is seen. */
const keptName = () => sha256(`${precise.sha256} ${fast.sha256} 1`).slice(0, 12)

const recordOf = (hash: string, embedding: Embedding): Buffer =>
  Buffer.concat([
    Buffer.from(hash, 'hex'),
    ...[embedding.precise, embedding.fast].map((each) => Buffer.from(each.buffer)),
  ])

/** What a killed run left half written at the end is cut off, so that records stay in step. */
function readKept(file: string): Map<string, Embedding> {
  const known = new Map<string, Embedding>()
  if (!existsSync(file)) return known
  const records = Math.floor(statSync(file).size / recordBytes)
  truncateSync(file, records * recordBytes)
  const open = openSync(file, 'r')
  for (let i = 0; i < records; i += 1) {
    const record = Buffer.alloc(recordBytes)
    readSync(open, record)
    const values = new Float32Array(record.buffer, 32)
    const embedding = { precise: values.slice(0, widths[0]), fast: values.slice(widths[0]) }
    known.set(record.toString('hex', 0, 32), embedding)
  }
  closeSync(open)
  return known
}

type Seen = Embedding & { readonly file: string; readonly fault?: string }

async function seenByWorkers(
  folder: string,
  files: readonly string[],
  keep: (file: string, embedding: Embedding) => void,
): Promise<void> {
  if (files.length === 0) return
  const left = [...files]
  const one = () =>
    new Promise<void>((resolve, reject) => {
      const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: folder })
      const next = () => {
        const file = left.pop()
        if (file) return worker.postMessage(file)
        return worker.terminate().then(() => resolve(), reject)
      }
      worker.on('message', ({ file, fault, ...embedding }: Seen) => {
        if (fault) {
          // The other worker finds nothing left either, and ends.
          left.length = 0
          return worker.terminate().then(() => reject(new Error(`${file}: ${fault}`)), reject)
        }
        keep(file, embedding)
        return next()
      })
      worker.on('error', reject)
      next()
    })
  await Promise.all([one(), one()])
}
