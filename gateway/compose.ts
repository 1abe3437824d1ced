import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { askedOperations, eventRoutes } from './composition/routes.ts'
import { listedSubgraphs } from './composition/subgraphs.ts'
import { composed } from './composition/supergraph.ts'

/** Composes what `supergraph.yaml` lists. With `--check` it writes nothing, and fails where it would. */
const { values } = parseArgs({
  options: { check: { type: 'boolean', default: false }, root: { type: 'string' } },
})
const root = path.resolve(values.root ?? path.join(import.meta.dirname, '..'))
const subgraphs = listedSubgraphs(root)
const result = composed(subgraphs)

if (result.kind === 'refused') {
  const lines = result.faults.map(({ where, what, remedy }) => `${where} ${what}.\n  ${remedy}\n`)
  process.stderr.write(lines.join(''))
  process.exit(1)
}

const json = (value: object) => `${JSON.stringify(value, null, 2)}\n`
const files = {
  'supergraph.graphql': `${result.supergraph.trimEnd()}\n`,
  'events.generated.json': json(await eventRoutes(subgraphs)),
  'operations.generated.json': json(await askedOperations(subgraphs)),
}

for (const [name, text] of Object.entries(files)) {
  const file = path.join(root, 'gateway', name)
  const isCurrent = existsSync(file) && readFileSync(file, 'utf8') === text
  if (!isCurrent && values.check) {
    process.stderr.write(`gateway/${name} is not current: run "npm run compose".\n`)
    process.exitCode = 1
  } else if (!isCurrent) {
    writeFileSync(file, text)
    process.stdout.write(`gateway/${name} is written.\n`)
  }
}
