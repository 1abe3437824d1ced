import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { atPoint, pointsFrom, reach } from './points.ts'

/** A process that reaches three points, telling each when it has passed it. */
function walker(env: Record<string, string>) {
  const walk = `import { pointsFrom, reach } from ${JSON.stringify(new URL('points.ts', import.meta.url).href)}
    pointsFrom(process.env)
    for (const point of ['a', 'b', 'a']) { await reach(point); process.stdout.write(point) }`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', walk], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let said = ''
  child.stdout.on('data', (text) => {
    said += text
  })
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, said }))
  return { child, ended, said: () => said }
}

const dead = (said: string) => ({ code: null, signal: 'SIGKILL', said })
const through = { code: 0, signal: null, said: 'aba' }

function armed(act: string): { file: string } & Disposable {
  const folder = mkdtempSync(path.join(tmpdir(), 'points-'))
  const file = path.join(folder, 'armed')
  writeFileSync(file, act)
  return { file, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) }
}

const until = async (isSo: () => boolean) => {
  while (!isSo()) await setTimeout(10)
}

test('a process dies at the point it is told to die at, at the time it is told', async () => {
  assert.deepEqual(await walker({ SHOP_CRASH_AT: 'b' }).ended, dead('a'))
  assert.deepEqual(await walker({ SHOP_CRASH_AT: 'a:2' }).ended, dead('ab'))
  assert.deepEqual(await walker({ SHOP_CRASH_AT: 'a:3' }).ended, through)
})

test('a process stops at a point, and goes on when it is told to', async () => {
  const { child, ended } = walker({ SHOP_FREEZE_AT: 'b' })
  const state = () => readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.[0]

  await until(() => state() === 'T')
  child.kill('SIGCONT')

  assert.deepEqual(await ended, through)
})

test('one that is armed while it runs dies once, and says where', async () => {
  using at = armed('crash b')
  const env = { SHOP_POINTS_FILE: at.file }

  const first = walker(env)
  const [died, second] = [await first.ended, await walker(env).ended]

  assert.deepEqual([died, second], [dead('a'), through])
  const hit = JSON.parse(readFileSync(`${at.file}.hit`, 'utf8'))
  assert.deepEqual(hit, { act: 'crash', point: 'b', pid: first.child.pid })
})

test('one that is told to wait waits until it may go on', async () => {
  using at = armed('wait b')
  const { ended, said } = walker({ SHOP_POINTS_FILE: at.file })

  await until(() => existsSync(`${at.file}.hit`))
  await setTimeout(50)
  const meanwhile = said()
  rmSync(`${at.file}.hit`)

  assert.deepEqual([meanwhile, await ended], ['a', through])
})

test('a test holds whoever reaches a point, for as long as it watches', async () => {
  const seen: string[] = []
  {
    using _ = atPoint('here', async (point) => {
      await setTimeout(5)
      seen.push(point)
    })
    await reach('here')
    await reach('there')
  }
  await reach('here')

  assert.deepEqual(seen, ['here'])
})

test('a production that is told to crash does not start', () => {
  assert.throws(
    () => pointsFrom({ ENVIRONMENT: 'production', SHOP_CRASH_AT: 'b' }),
    /for tests alone/,
  )
})
