import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { operationsIn } from './ask.ts'

function folderOf(files: Record<string, string>) {
  const folder = mkdtempSync(path.join(tmpdir(), 'operations-'))
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text)
  return {
    url: pathToFileURL(`${folder}/`),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  }
}

test('an operation brings each fragment that it spreads, and those spread in it, once', async () => {
  using folder = folderOf({
    'priceCart.graphql': '{ cart { ...Price ... on Cart { id } total { ...Money } } }',
    'viewer.graphql': '{ me { id } }',
    'Price.graphql': 'fragment Price on Price { tax { ...Money } }',
    'Money.graphql': 'fragment Money on Money { amountMinor }',
    'README.md': 'not an operation',
  })

  const operations = await operationsIn(folder.url)

  assert.deepEqual(Object.fromEntries(operations), {
    priceCart: [
      '{ cart { ...Price ... on Cart { id } total { ...Money } } }',
      'fragment Price on Price { tax { ...Money } }',
      'fragment Money on Money { amountMinor }',
    ].join('\n'),
    viewer: '{ me { id } }',
  })
})

test('a subgraph without a folder of operations asks nothing', async () => {
  assert.deepEqual(await operationsIn(new URL('file:///nowhere/operations/')), new Map())
})
