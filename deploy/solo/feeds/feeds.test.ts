import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { migrations } from '@shop/catalog/subgraph'
import { freshDatabase } from '@shop/kit/testing'

async function run(databaseUrl: string, program: string, words: readonly string[]) {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, program), ...words], {
    env: { ...process.env, CATALOG_DATABASE_URL: databaseUrl },
  })
  const told = Promise.all([text(child.stdout), text(child.stderr)])
  return { child, ended: once(child, 'close').then(async ([code]) => ({ code, told: await told })) }
}

async function exported(databaseUrl: string, file: string): Promise<string> {
  const { ended } = await run(databaseUrl, 'export-catalog.ts', ['jsonl', file])
  assert.equal((await ended).code, 0)
  return await readFile(file, 'utf8')
}

test('an import that is killed in the middle goes on, ends equal, and says what it refused', async (t) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'feeds-'))
  t.after(() => rm(folder, { recursive: true }))
  await using killed = await freshDatabase('catalog', migrations)
  await using whole = await freshDatabase('catalog', migrations)
  const file = path.join(folder, 'feed.jsonl')
  const price = { amountMinor: 100, currency: 'EUR' }
  const records = Array.from({ length: 6000 }, (_, index) => ({
    name: `Mug ${index}`,
    createdAt: '2026-01-01T00:00:00Z',
    variants: [{ sku: `MUG-${index}`, price }],
  }))
  const lines = [...records.map((each) => JSON.stringify(each)), '{"name": "half']
  await writeFile(file, lines.join('\n'))

  const first = await run(killed.url, 'import-catalog.ts', ['jsonl', file])
  const begun = 'select lines from import_checkpoints'
  while ((await killed.run(begun)).length === 0) await new Promise(setImmediate)
  first.child.kill('SIGKILL')
  await first.ended
  const second = await (await run(killed.url, 'import-catalog.ts', ['jsonl', file])).ended
  const other = await (await run(whole.url, 'import-catalog.ts', ['jsonl', file])).ended

  assert.deepEqual([second.code, other.code], [0, 0])
  assert.match(second.told[1], /Went on after line [1-9]\d*\. /)
  assert.deepEqual(second.told[0], 'line 6001: This is no JSON.\n')
  const [one, two] = [path.join(folder, 'one'), path.join(folder, 'two')]
  assert.equal(await exported(killed.url, one), await exported(whole.url, two))
})

test('what is asked for wrongly is told, and how it is asked for', async () => {
  const { ended } = await run('postgres://nowhere', 'import-catalog.ts', ['xml', 'none'])

  const { code, told } = await ended

  assert.equal(code, 2)
  assert.match(told[1], /npm run import:catalog -- <csv\|jsonl\|icecat> <file>/)
})

/** Of the real products; all 19,406 are the import's own measurement. */
const someProducts = 4000

test('real products of Icecat come in, go out, and come in again the same', async (t) => {
  const all = path.join(process.env.SHOP_DATA_DIR ?? '', 'icecat-chorus/products.jsonl.gz')
  if (!existsSync(all)) return t.diagnostic('left out: SHOP_DATA_DIR has no icecat-chorus')
  const folder = await mkdtemp(path.join(tmpdir(), 'feeds-'))
  t.after(() => rm(folder, { recursive: true }))
  const file = path.join(folder, 'products.jsonl')
  const lines = gunzipSync(await readFile(all))
    .toString('utf8')
    .split('\n')
  await writeFile(file, lines.slice(0, someProducts).join('\n'))
  await using shop = await freshDatabase('catalog', migrations)
  await using empty = await freshDatabase('catalog', migrations)

  const began = performance.now()
  const { code, told } = await (await run(shop.url, 'import-catalog.ts', ['icecat', file])).ended
  t.diagnostic(`${told[1].split('\n').at(-2)} (${Math.round(performance.now() - began)} ms)`)
  const before = await exported(shop.url, path.join(folder, 'one'))
  await (await run(empty.url, 'import-catalog.ts', ['jsonl', path.join(folder, 'one')])).ended

  assert.deepEqual([code, told[0]], [0, ''])
  assert.equal(await exported(empty.url, path.join(folder, 'two')), before)
})
