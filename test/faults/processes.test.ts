import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { isGone } from '@shop/state/cluster'
import { descendantsOf, keptProcess } from './processes.ts'

test('a process that is killed is started again, and found among our children', async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'kept-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const file = path.join(folder, 'idle.mjs')
  writeFileSync(file, 'setInterval(() => {}, 1000)')
  const until = async (isSo: () => boolean) => {
    while (!isSo()) await setTimeout(10)
  }
  const mine = () => descendantsOf(process.pid).filter(({ command }) => command.includes(file))

  const kept = keptProcess({ file, env: {}, log: path.join(folder, 'log') })
  await until(() => mine().length === 1)
  const first = mine()[0]?.pid
  kept.send('SIGKILL')
  await until(() => kept.lives() === 2 && mine().some(({ pid }) => pid !== first))
  const second = mine().map(({ pid }) => pid)
  await kept[Symbol.asyncDispose]()

  assert.deepEqual([second, mine()], [[kept.pid()], []])
})

/** Writes its id; told to end, it does. */
const kept = `process.on('SIGTERM', () => process.exit(0))
process.getBuiltinModule('fs').writeFileSync(process.argv[2], String(process.pid))
setInterval(() => {}, 1000)`

test('what is kept running ends when its keeper is killed, also while it is stopped', async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'left-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const at = (name: string) => path.join(folder, name)
  writeFileSync(at('kept.mjs'), kept)
  const started = JSON.stringify({
    file: at('kept.mjs'),
    args: [at('pid')],
    env: {},
    log: at('log'),
  })
  const keeper = `import { keptProcess } from ${JSON.stringify(new URL('processes.ts', import.meta.url).href)}
    keptProcess(${started})`

  for (const isStopped of [false, true]) {
    const child = spawn(process.execPath, ['--input-type=module', '--eval', keeper])
    while (!(Number(textIn(at('pid'))) > 0)) await setTimeout(10)
    const pid = Number(textIn(at('pid')))
    if (isStopped) process.kill(pid, 'SIGSTOP')
    child.kill('SIGKILL')
    await once(child, 'exit')
    for (let waited = 0; waited < 5000 && !isGone(pid); waited += 10) await setTimeout(10)

    assert.ok(isGone(pid), isStopped ? 'the stopped one lives' : 'it lives')
    rmSync(at('pid'))
  }
})

function textIn(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
