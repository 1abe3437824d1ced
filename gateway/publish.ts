import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { Kind, parse, validate } from 'graphql'
import { type Manifest, manifest } from './document/lists.ts'
import { clientSchemaOf } from './supergraph/client-schema.ts'

/**
 * Makes the list of a partner's operations from their documents: `npm run operations:publish --
 * --list erp-1 [--mode require|allow|log] [--key <id>=<mode>] <file or folder>…`. A running gateway
 * that reads the folder (`--folder`, else `gateway/lists`) has it a second later. Nothing is written when one of them is not valid.
 */
const { values, positionals } = parseArgs({
  options: {
    list: { type: 'string' },
    mode: { type: 'string', default: 'require' },
    key: { type: 'string', multiple: true, default: [] },
    folder: { type: 'string' },
    supergraph: { type: 'string' },
  },
  allowPositionals: true,
})
const name = values.list ?? fail('Which list? --list <name>')
const root = import.meta.dirname
const schema = clientSchemaOf(
  readFileSync(values.supergraph ?? path.join(root, 'supergraph.graphql'), 'utf8'),
)
const operations = positionals.flatMap(documentsIn).map(operationOf)
if (operations.length === 0) fail('Which operations? Name files or folders of .graphql documents.')
const list: Manifest = manifest.parse({
  format: 'apollo-persisted-query-manifest',
  version: 1,
  mode: values.mode,
  keys: Object.fromEntries(values.key.map((each) => each.split('='))),
  operations,
})
const folder = values.folder ?? path.join(root, 'lists')
mkdirSync(folder, { recursive: true })
const file = path.join(folder, `${name}.json`)
// Written whole or not at all: a gateway may be reading.
writeFileSync(`${file}.new`, `${JSON.stringify(list, null, 2)}\n`)
renameSync(`${file}.new`, file)
process.stdout.write(`${file}: ${operations.length} operations, others: ${list.mode}\n`)
for (const { id, name: called } of operations) process.stdout.write(`  ${id} ${called}\n`)

function documentsIn(place: string): string[] {
  if (!statSync(place).isDirectory()) return [place]
  return readdirSync(place, { recursive: true, encoding: 'utf8' })
    .filter((each) => each.endsWith('.graphql'))
    .toSorted()
    .map((each) => path.join(place, each))
}

/** As it was written: a client that sends the text of it has the same hash. */
function operationOf(place: string): Manifest['operations'][number] {
  const body = readFileSync(place, 'utf8').trim()
  const document = parse(body)
  const [problem] = validate(schema, document)
  if (problem) fail(`${place}: ${problem.message}`)
  const [operation, more] = document.definitions.filter(
    (each) => each.kind === Kind.OPERATION_DEFINITION,
  )
  if (!operation?.name || more) fail(`${place}: it has to be one operation, with a name.`)
  const id = createHash('sha256').update(body).digest('hex')
  return { id, name: operation?.name?.value ?? '', type: operation?.operation ?? 'query', body }
}

function fail(reason: string): never {
  process.stderr.write(`${reason}\n`)
  process.exit(1)
}
