import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Answer, federation2, graphOf } from './graph.ts'
import { answers, misbehaving } from './misbehaving.ts'

const supergraphOf = (fields: string) =>
  graphOf({ 'my-part': { typeDefs: `${federation2} type Query { ${fields} }` } }).supergraph

test('a supergraph alone is served, and changed while it is', async () => {
  await using opened = new AsyncDisposableStack()
  const folder = await mkdtemp(path.join(os.tmpdir(), 'router-'))
  opened.defer(() => rm(folder, { recursive: true }))
  const file = path.join(folder, 'supergraph.graphql')
  await writeFile(file, supergraphOf('a: Int'))
  const subgraph = opened.use(await misbehaving(answers({ data: { a: 1, b: 2 } })))
  const config = path.join(folder, 'router.yaml')
  await writeFile(config, `subgraphs:\n  my-part: { url: "${subgraph.url}" }\n`)
  const entry = new URL('../standalone/index.ts', import.meta.url).pathname
  const words = [entry, '--supergraph', file, '--port', '0', '--config', config]
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'ignore'] })
  opened.defer(() => void child.kill('SIGKILL'))
  const [line] = await once(createInterface(child.stdout), 'line')
  const url = /http:\S+/.exec(line)?.[0] ?? ''
  const get = async (query: string) =>
    (await (await fetch(`${url}?query=${query}`)).json()) as Answer

  const before = await get('{a b}')
  const first = await get('{a}')
  await writeFile(file, 'type Query { broken')
  await sleep(1_500)
  const whileBroken = await get('{a}')
  await writeFile(file, supergraphOf('a: Int b: Int'))
  const isNew = async () => !(await get('{a b}')).errors
  for (let tries = 0; tries < 100 && !(await isNew()); tries++) await sleep(200)
  const after = await get('{a b}')
  const health = await fetch(new URL('/health', url))
  child.kill('SIGTERM')
  const [code] = await once(child, 'exit')

  assert.equal(before.errors?.[0]?.extensions.code, 'GRAPHQL_VALIDATION_FAILED')
  assert.deepEqual([first, whileBroken], [{ data: { a: 1 } }, { data: { a: 1 } }])
  assert.deepEqual(after, { data: { a: 1, b: 2 } })
  assert.deepEqual([health.status, await health.json()], [200, { status: 'ready' }])
  assert.equal(code, 0)
})
