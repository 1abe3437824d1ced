import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { manifestsIn, readManifest } from '../document/lists.ts'
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
  const files = manifestsIn(folder)
  if (files.length === 0) fail(`${folder}: there is no list in it.`)
  return files.flatMap((file) =>
    readManifest(file).operations.map(({ name, body }) => ({
      place: `${path.basename(file)} ${name}`,
      body,
    })),
  )
}

function tell(what: string, all: readonly string[]): void {
  process.stdout.write(`${what}: ${all.length || 'none'}\n`)
  for (const each of all) process.stdout.write(`  ${each}\n`)
}

function fail(reason: string): never {
  process.stderr.write(`${reason}\n`)
  process.exit(2)
}
