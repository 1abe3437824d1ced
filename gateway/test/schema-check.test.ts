import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { graphOf } from './graph.ts'

const before = 'type Query { old: Int kept(size: Int): Int } enum Size { S }'
const after = 'type Query { kept(size: Int!): Int fresh: Int } enum Size { S M }'

const program = path.join(import.meta.dirname, '../schema-check/index.ts')
const own = path.join(import.meta.dirname, '../supergraph.graphql')
const run = (words: readonly string[]) =>
  spawnSync(process.execPath, [program, '--served', own, ...words], { encoding: 'utf8' })

/** Runs the command on two supergraphs and a list of what was published. */
function checked(operations: readonly string[] | null) {
  const folder = mkdtempSync(path.join(tmpdir(), 'schema-check-'))
  const place = (name: string) => path.join(folder, name)
  for (const [name, typeDefs] of Object.entries({ served: before, next: after })) {
    writeFileSync(place(name), graphOf({ shop: { typeDefs } }).supergraph)
  }
  const words = ['--served', place('served'), '--next', place('next')]
  if (operations) {
    const each = operations.map((body) => ({ id: body, name: 'Q', type: 'query', body }))
    const list = { format: 'apollo-persisted-query-manifest', version: 1, operations: each }
    writeFileSync(place('erp.json'), JSON.stringify(list))
    words.push('--lists', folder)
  }
  const { status, stdout } = run(words)
  rmSync(folder, { recursive: true })
  return { status, told: stdout.trim().split('\n') }
}

const changes = [
  'Breaking: 2',
  '  Query.old was removed.',
  '  Query.kept arg size has changed type from Int to Int!.',
  'Dangerous: 1',
  '  M was added to enum type Size.',
]

test('what would change for clients is told, and ends with 1 where it could break one', () => {
  const { status, told } = checked(null)

  assert.deepEqual({ status, told }, { status: 1, told: changes })
})

test('where it is known what clients ask, only what breaks one of those stops it', () => {
  const unharmed = checked(['query Q { kept(size: 1) }'])
  const harmed = checked(['query Q { old }', 'query Q { never }'])

  const [broken] = ['  erp.json Q: Cannot query field "old" on type "Query".']
  assert.deepEqual(unharmed.told, [...changes, 'Published operations that would break: none'])
  assert.deepEqual(harmed.told, [...changes, 'Published operations that would break: 1', broken])
  assert.deepEqual([unharmed.status, harmed.status], [0, 1])
})

test('lists that are not there stop it: nobody is told that nothing would break', () => {
  const { status, told } = checked([])
  const missing = run(['--lists', path.join(tmpdir(), 'no-such-lists')])

  assert.equal(missing.status, 2)
  assert.match(missing.stderr, /no-such-lists: there is no list in it/)
  assert.deepEqual([status, told.at(-1)], [0, 'Published operations that would break: none'])
})
