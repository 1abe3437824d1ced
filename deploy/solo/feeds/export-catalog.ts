import { exportFile } from '@shop/catalog/feed'
import { bar, fail, openPlace } from './place.ts'

const [format, file] = process.argv.slice(2)
if ((format !== 'csv' && format !== 'jsonl') || !file) {
  fail('npm run export:catalog -- <csv|jsonl> <file>')
}

await using place = await openPlace(process.env)
const databaseUrl = place.addresses.CATALOG_DATABASE_URL ?? ''
const progress = bar()
let count = 0
await exportFile({ databaseUrl, standing: place.standing }, { file, format }, (products) => {
  count = products
  if (process.stderr.isTTY) progress.at(0, `${count} products`)
})
progress.end()
process.stderr.write(`${count} products are in ${file}\n`)
