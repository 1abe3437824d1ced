import assert from 'node:assert/strict'
import { appendFileSync, mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { drawn } from '../test/drawn.ts'
import { buildNetwork, fast, precise } from '../weights/networks.ts'
import { embeddingsOf } from './embeddings.ts'

test('what was seen once is kept, and a half written end is cut off', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'embeddings-'))
  for (const network of [fast, precise]) await buildNetwork(folder, network)
  const files: string[] = []
  for (const colour of ['#c81e28', '#2f6fd0']) {
    const file = path.join(folder, `${colour.slice(1)}.png`)
    writeFileSync(file, await drawn({ width: 64, height: 48, colour }))
    files.push(file)
  }

  const first = await embeddingsOf(folder, files)
  const kept = path.join(folder, readdirSync(folder).find((name) => name.endsWith('.bin')) ?? '')
  const { size } = statSync(kept)
  appendFileSync(kept, 'half a record')
  const again = await embeddingsOf(folder, files.toReversed())

  assert.deepEqual(again.toReversed(), first)
  assert.notDeepEqual(first[0], first[1])
  assert.equal(statSync(kept).size, size)
  writeFileSync(path.join(folder, 'text.png'), 'a text')
  await assert.rejects(embeddingsOf(folder, [path.join(folder, 'text.png')]), /text\.png/)
})
