import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { isRequired } from '@shop/kit/testing'
import type { Options } from '../options.ts'
import { openRedis } from './redis.ts'

test('a Redis that cannot write is ended all the same', async (t) => {
  if (spawnSync('redis-server', ['--version']).status !== 0) {
    assert.ok(!isRequired('redis'))
    t.diagnostic('left out: redis-server is not installed')
    return
  }
  const state = mkdtempSync(path.join(tmpdir(), 'redis-'))
  const server = await openRedis({ env: {}, state } as Options)
  const client = await connected(Number(new URL(server.url).port))
  client.write('SET a b\r\n')
  await once(client, 'data')
  rmSync(state, { recursive: true })

  await Promise.all([server[Symbol.asyncDispose](), once(client, 'close')])

  assert.ok(client.destroyed)
})

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
