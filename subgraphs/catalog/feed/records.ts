import type { Readable } from 'node:stream'
import { ShopError } from '@shop/kit/errors'
import { productOf, type RowAt, rowsOf } from './csv.ts'
import { icecatRecord } from './icecat.ts'
import { linesOf } from './lines.ts'
import { type ProductRecord, recordFrom } from './record.ts'

export const formats = ['csv', 'jsonl', 'icecat'] as const
export type FeedFormat = (typeof formats)[number]

/** A product, or why there is none; `line` is the last that belongs to it. */
export type Read =
  | { readonly line: number; readonly record: ProductRecord }
  | { readonly line: number; readonly reason: string }

export function recordsOf(format: FeedFormat, stream: Readable): AsyncGenerator<Read> {
  if (format === 'csv') return csvRecords(stream)
  return jsonRecords(stream, format === 'icecat' ? icecatRecord : recordFrom)
}

async function* jsonRecords(
  stream: Readable,
  from: (given: unknown) => ProductRecord,
): AsyncGenerator<Read> {
  for await (const { line, text } of linesOf(stream)) {
    if (text === null) yield { line, reason: 'The line is longer than a megabyte.' }
    else yield tried(line, () => from(JSON.parse(text)))
  }
}

async function* csvRecords(stream: Readable): AsyncGenerator<Read> {
  for await (const group of groupsOf(stream)) {
    const [bad] = group.filter(({ row }) => row === null)
    if (bad) yield { line: bad.line, reason: bad.reason ?? 'This is no CSV.' }
    else yield fromRows(group)
  }
}

/** Rows of one product that follow each other; what is no row is a group by itself. */
async function* groupsOf(stream: Readable): AsyncGenerator<RowAt[]> {
  let group: RowAt[] = []
  for await (const at of rowsOf(stream)) {
    const product = at.row?.product
    const isSame = product && product === group[0]?.row?.product && group.length <= 100
    if (!isSame && group.length > 0) {
      yield group
      group = []
    }
    group.push(at)
  }
  if (group.length > 0) yield group
}

function fromRows(group: readonly RowAt[]): Read {
  const rows = group.flatMap(({ row }) => row ?? [])
  return tried(group.at(-1)?.line ?? 0, () => recordFrom(productOf(rows)))
}

/** What is wrong with a record is said in our own words; JSON's parser has its own. */
function tried(line: number, read: () => ProductRecord): Read {
  try {
    return { line, record: read() }
  } catch (fault) {
    if (fault instanceof ShopError) return { line, reason: fault.message }
    if (fault instanceof SyntaxError) return { line, reason: 'This is no JSON.' }
    throw fault
  }
}
