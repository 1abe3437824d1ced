import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { manifest } from '../document/lists.ts'
import { clientSchemaOf } from '../supergraph/client-schema.ts'
import { type Asked, changesBetween } from './changes.ts'

/**
 * `npm run schema:check -- --served <supergraph> [--next <supergraph>] [--lists <folder>]`: what
 * changes for clients when the next supergraph (this clone's, unless another is named) takes the
 * place of the one that is served. Ends with 1 when a published operation would break, or, where
 * no lists are given, when any client could.
 */
const { values } = parseArgs({
  options: {
    served: { type: 'string' },
    next: { type: 'string' },
    lists: { type: 'string' },
  },
})
const own = path.join(import.meta.dirname, '../supergraph.graphql')
const served = schemaIn(values.served ?? fail('What is served? --served <supergraph>'))
const next = schemaIn(values.next ?? own)
const { breaking, dangerous, broken } = changesBetween(served, next, listed(values.lists))
tell('Breaking', breaking)
tell('Dangerous', dangerous)
if (values.lists !== undefined) tell('Published operations that would break', broken)
process.exitCode = (values.lists === undefined ? breaking : broken).length > 0 ? 1 : 0

function schemaIn(file: string): ReturnType<typeof clientSchemaOf> {
  try {
    return clientSchemaOf(readFileSync(file, 'utf8'))
  } catch (fault) {
    return fail(`${file}: ${(fault as Error).message}`)
  }
}

function listed(folder: string | undefined): Asked[] {
  if (folder === undefined) return []
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => {
      const { operations } = manifest.parse(
        JSON.parse(readFileSync(path.join(folder, name), 'utf8')),
      )
      return operations.map(({ name: called, body }) => ({ place: `${name} ${called}`, body }))
    })
}

function tell(what: string, all: readonly string[]): void {
  process.stdout.write(`${what}: ${all.length || 'none'}\n`)
  for (const each of all) process.stdout.write(`  ${each}\n`)
}

function fail(reason: string): never {
  process.stderr.write(`${reason}\n`)
  process.exit(2)
}
