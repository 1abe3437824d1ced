import { existsSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type FeedFormat, importFile } from '@shop/catalog/feed'
import { bar, fail, openPlace } from './place.ts'
import { stockFor } from './stock.ts'

const usage =
  'npm run import:catalog -- <csv|jsonl|icecat> <file> [--stock n] [--rejects file]\nGzip is known by its first bytes.'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { stock: { type: 'string' }, rejects: { type: 'string' } },
})
const [format = '', file = ''] = positionals
if (!['csv', 'jsonl', 'icecat'].includes(format)) fail(usage)
if (!existsSync(file)) fail(`There is no file "${file}".\n${usage}`)
const stock = values.stock === undefined ? null : Number(values.stock)
if (stock !== null && !(Number.isInteger(stock) && stock >= 0 && stock <= 1e9)) fail(usage)
if (values.rejects) writeFileSync(values.rejects, '')

const began = performance.now()
await using place = await openPlace(process.env)
const onShelf = stock === null ? null : stockFor(stock, place)
const progress = bar()
let [products, share] = [0, 0]
const databaseUrl = place.addresses.CATALOG_DATABASE_URL ?? ''
const { read, written, rejected, resumedAfterLine } = await importFile(
  { databaseUrl, standing: place.standing },
  { file, format: format as FeedFormat },
  {
    told: (part) => {
      share = part
    },
    rejected: ({ line, reason }) => {
      const text = `line ${line}: ${reason}\n`
      if (values.rejects) writeFileSync(values.rejects, text, { flag: 'a' })
      else process.stdout.write(text)
    },
    batch: async (variantIds) => {
      products += variantIds.length
      await onShelf?.(variantIds)
      progress.at(share, `${products.toLocaleString('en')} variants`)
    },
  },
)
progress.end()
const seconds = ((performance.now() - began) / 1000).toFixed(1)
if (resumedAfterLine > 0) process.stderr.write(`Went on after line ${resumedAfterLine}. `)
process.stderr.write(
  `${read} products read, ${written} written, ${rejected} rejected, ${seconds} s\n`,
)
