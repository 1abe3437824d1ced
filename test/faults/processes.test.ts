import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
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
