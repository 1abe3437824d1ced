import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { isRequired } from '@shop/kit/testing'
import type { Options } from '../options.ts'
import { openRedis } from './redis.ts'

test('a Redis that cannot write is ended all the same', async (t) => {
  if (!hasRedis(t)) return
  const state = mkdtempSync(path.join(tmpdir(), 'redis-'))
  const server = await openRedis({ env: {}, state } as Options)
  const client = await connected(Number(new URL(server.url).port))
  client.write('SET a b\r\n')
  await once(client, 'data')
  rmSync(state, { recursive: true })

  await Promise.all([server[Symbol.asyncDispose](), once(client, 'close')])

  assert.ok(client.destroyed)
})

test('a Redis ends when the shop that opened it is killed', async (t) => {
  if (!hasRedis(t)) return
  const state = mkdtempSync(path.join(tmpdir(), 'redis-'))
  t.after(() => rmSync(state, { recursive: true, force: true, maxRetries: 5 }))
  const opening = `import { openRedis } from ${JSON.stringify(new URL('redis.ts', import.meta.url).href)}
    process.stdout.write((await openRedis(${JSON.stringify({ env: {}, state })})).url)`
  const shop = spawn(process.execPath, ['--input-type=module', '--eval', opening], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [url] = await once(shop.stdout.setEncoding('utf8'), 'data')
  const client = await connected(Number(new URL(url).port))

  shop.kill('SIGKILL')
  const [hadFault] = await once(client, 'close')

  assert.equal(hadFault, false)
})

function hasRedis(t: TestContext): boolean {
  const isThere = spawnSync('redis-server', ['--version']).status === 0
  assert.ok(isThere || !isRequired('redis'))
  if (!isThere) t.diagnostic('left out: redis-server is not installed')
  return isThere
}

/** It listens a moment after it was started. */
async function connected(port: number): Promise<Socket> {
  for (;;) {
    const socket = connect(port, '127.0.0.1')
    try {
      await once(socket, 'connect')
      return socket
    } catch {
      await setTimeout(50)
    }
  }
}
