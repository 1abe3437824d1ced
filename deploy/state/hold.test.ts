import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { hold, tryHold } from './hold.ts'

test('a state folder is held by one at a time, and the second is told by whom', async () => {
  using folder = scratch()
  const first = await hold(folder.path)

  await assert.rejects(hold(folder.path), new RegExp(`open already, in process ${process.pid}\\.`))
  assert.equal(await tryHold(folder.path), null)

  await first[Symbol.asyncDispose]()
  await using _ = await hold(folder.path)
})

test('a holder that was killed holds nothing', async () => {
  using folder = scratch()
  const file = JSON.stringify(path.join(import.meta.dirname, 'hold.ts'))
  const words = `const { hold } = await import(${file}); await hold(process.argv[1]); console.log('held'); setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', words, folder.path])
  await once(child.stdout, 'data')
  assert.equal(await tryHold(folder.path), null)

  child.kill('SIGKILL')
  await once(child, 'exit')

  await using held = await tryHold(folder.path)
  assert.ok(held)
})

function scratch() {
  const folder = mkdtempSync(path.join(tmpdir(), 'shop-hold-'))
  return { path: folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) }
}
