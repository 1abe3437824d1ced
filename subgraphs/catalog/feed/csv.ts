import type { Readable } from 'node:stream'
import { BadUserInput } from '@shop/kit/errors'
import { amountFrom, decimalText, type Money, minorDigits } from '@shop/kit/money'
import { type CsvError, parse } from 'csv-parse'
import type { VariantInput } from '../domain/variant-from.ts'
import { longestLine } from './lines.ts'
import type { ProductRecord } from './record.ts'

/** One row a variant. What is of the product stands in its first row; rows of one product follow each other. */
export const columns = [
  'product',
  'name',
  'description',
  'status',
  'featured',
  'brand',
  'seller',
  'categories',
  'tags',
  'attributes',
  'images',
  'created_at',
  'archived_at',
  'sku',
  'price',
  'currency',
  'compare_at_price',
  'weight_grams',
  'gtin',
  'variant_attributes',
] as const

type Column = (typeof columns)[number]
export type Row = Partial<Record<Column, string>>

export interface RowAt {
  readonly line: number
  readonly row: Row | null
  readonly reason?: string
}

/** Rows that are no CSV come with the reason. Throws BadUserInput for a header that is not ours. */
export async function* rowsOf(stream: Readable): AsyncGenerator<RowAt> {
  const skipped: RowAt[] = []
  const parser = parse({
    bom: true,
    info: true,
    columns: headerFrom,
    skip_empty_lines: true,
    relax_quotes: true,
    skip_records_with_error: true,
    max_record_size: longestLine,
    on_skip: (fault: CsvError | undefined) => {
      skipped.push({
        line: Number(fault?.lines ?? 0),
        row: null,
        reason: fault?.message ?? 'no CSV',
      })
    },
  })
  stream.on('error', (fault) => parser.destroy(fault)).pipe(parser)
  for await (const { record, info } of parser) {
    // The parser runs ahead of who reads: what it skipped further on is not told yet.
    yield* skipped.splice(0, skipped.filter(({ line }) => line < info.lines).length)
    yield { line: info.lines, row: unguarded(record) }
  }
  yield* skipped
}

function headerFrom(names: string[]): string[] {
  const known = names.map((name) => name.trim().toLowerCase())
  const strange = known.filter((name) => !columns.includes(name as Column))
  const missing = ['name', 'sku', 'price'].filter((name) => !known.includes(name))
  if (strange.length + missing.length > 0) {
    throw new BadUserInput(
      `The header is not ours. Unknown: ${strange.join(', ')}. Missing: ${missing.join(', ')}. There is: ${columns.join(', ')}`,
    )
  }
  return known
}

/** As `recordFrom` reads it. */
export function productOf(rows: readonly Row[]): unknown {
  const first = rows[0] ?? {}
  return {
    ...given('slug', first.product),
    name: first.name ?? '',
    description: first.description ?? '',
    ...given('status', first.status),
    isFeatured: first.featured === 'true',
    ...given('brand', first.brand),
    ...given('seller', first.seller),
    categories: listIn(first.categories, '|').map((path) => listIn(path, '>')),
    tags: listIn(first.tags, '|').map(plain),
    attributes: jsonIn(first.attributes),
    images: jsonIn(first.images),
    ...given('createdAt', first.created_at),
    ...given('archivedAt', first.archived_at),
    variants: rows.map(variantOf),
  }
}

const given = (name: string, value: string | undefined) => (value ? { [name]: value } : {})

function variantOf(row: Row): VariantInput {
  const currency = row.currency || 'EUR'
  if (!Intl.supportedValuesOf('currency').includes(currency)) {
    throw new BadUserInput('This is no currency.')
  }
  return {
    sku: row.sku ?? '',
    price: moneyIn(row.price, currency),
    compareAtPrice: row.compare_at_price ? moneyIn(row.compare_at_price, currency) : null,
    attributes: jsonIn(row.variant_attributes) as [],
    weightGrams: row.weight_grams ? Number(row.weight_grams) : null,
    gtin: row.gtin || null,
  }
}

function moneyIn(text = '', currency: string): Money {
  const amountMinor = amountFrom(text, currency)
  if (amountMinor === null) throw new BadUserInput('A price is a decimal number, such as 12.90.')
  return { amountMinor, currency }
}

function jsonIn(text: string | undefined): unknown {
  if (!text) return []
  try {
    return JSON.parse(text)
  } catch {
    throw new BadUserInput('Attributes and images are JSON.')
  }
}

/** Parts of a cell; a backslash before a separator keeps it. */
function listIn(text: string | undefined, separator: '|' | '>'): string[] {
  if (!text) return []
  const parts = text.match(separator === '|' ? /(?:\\.|[^\\|])+/gs : /(?:\\.|[^\\>])+/gs) ?? []
  return parts.map((part) => (separator === '|' ? part : plain(part)).trim())
}

const plain = (text: string) => text.replace(/\\(.)/gs, '$1')
const kept = (text: string) => text.replace(/[\\|>]/g, (sign) => `\\${sign}`)

/** The rows of a product, to be read back by the above. */
export function rowsFrom(record: ProductRecord): Row[] {
  const { categories, tags, attributes, images, variants } = record
  return variants.map((variant, index) => ({
    product: record.slug,
    ...(index === 0 && {
      name: record.name,
      description: record.description,
      status: record.status,
      featured: String(record.isFeatured),
      brand: record.brand ?? '',
      seller: record.seller ?? '',
      categories: categories.map((path) => path.map(kept).join(' > ')).join(' | '),
      tags: tags.map(kept).join(' | '),
      attributes: JSON.stringify(attributes),
      images: JSON.stringify(images),
      created_at: record.createdAt ?? '',
      archived_at: record.archivedAt ?? '',
    }),
    sku: variant.sku,
    price: textOf(variant.price),
    currency: variant.price.currency,
    compare_at_price: variant.compareAtPrice ? textOf(variant.compareAtPrice) : '',
    weight_grams: String(variant.weightGrams ?? ''),
    gtin: variant.gtin ?? '',
    variant_attributes: JSON.stringify(variant.attributes ?? []),
  }))
}

const textOf = ({ amountMinor, currency }: Money) => decimalText(amountMinor, minorDigits(currency))

export const lineOf = (row: Row): string =>
  `${columns.map((column) => quoted(guarded(row[column] ?? ''))).join(',')}\r\n`

const quoted = (text: string) =>
  /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text

/** A spreadsheet would run a cell that begins so: an apostrophe goes before it, and is taken away when read. */
const guarded = (text: string) => (/^'*[=+\-@\t\r]/.test(text) ? `'${text}` : text)

function unguarded(row: Row): Row {
  const cells = Object.entries(row).map(([name, text]) => [
    name,
    /^'+[=+\-@\t\r]/.test(text) ? text.slice(1) : text,
  ])
  return Object.fromEntries(cells)
}
