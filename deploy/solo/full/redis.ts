import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { freePort } from '@shop/state/port'
import type { Options } from '../options.ts'

/** `REDIS_URL`, or a server of our own where the machine has one: append-only, as queues need it. */
export async function openRedis({
  env,
  state,
}: Options): Promise<AsyncDisposable & { url: string }> {
  if (env.REDIS_URL) return { url: env.REDIS_URL, async [Symbol.asyncDispose]() {} }
  if (spawnSync('redis-server', ['--version']).status !== 0) {
    throw new Error(
      'The full topology needs Redis 7: set REDIS_URL, or install redis-server. Solo needs none.',
    )
  }
  const folder = path.join(state, 'redis')
  mkdirSync(folder, { recursive: true })
  const port = await freePort(6390)
  const words = `--port ${port} --bind 127.0.0.1 --appendonly yes --maxmemory-policy noeviction`
  const child = spawn('redis-server', [...words.split(' '), '--dir', folder], {
    stdio: 'ignore',
    detached: true,
  })
  return { url: `redis://127.0.0.1:${port}`, [Symbol.asyncDispose]: () => stop(child) }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  child.kill('SIGTERM')
  await once(child, 'exit')
}
