import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'

test('the README of the gateway has a line for each of its folders', () => {
  const readme = readFileSync('gateway/README.md', 'utf8')
  const told = [...readme.matchAll(/^\| `([\w-]+)\/` \|/gm)].map(([, folder]) => folder)

  const folders = readdirSync('gateway', { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !['node_modules', 'test'].includes(entry.name))
    .map(({ name }) => name)

  assert.deepEqual(told.toSorted(), folders.toSorted())
})
