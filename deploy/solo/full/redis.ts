import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { freePort } from '@shop/state/port'
import { tether } from '@shop/state/tether'
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
  const port = await freePort(Number(env.REDIS_PORT ?? 6390))
  const words = `--port ${port} --bind 127.0.0.1 --appendonly yes --maxmemory-policy noeviction`
  const server = keptServer([...words.split(' '), '--dir', folder])
  return { url: `redis://127.0.0.1:${port}`, ...server }
}

/** Started again when it ends, whatever ended it; what it had appended is there. */
function keptServer(words: readonly string[]): AsyncDisposable {
  let child: ChildProcess | undefined
  let isOver = false

  async function run(): Promise<void> {
    while (!isOver) {
      child = spawn('redis-server', words, { stdio: 'ignore', detached: true })
      // Two of them in one folder would write over each other.
      tether(child)
      await once(child, 'exit')
      if (isOver) return
      process.stderr.write('Redis ended and is started again\n')
      await setTimeout(200)
    }
  }

  const running = run()
  return {
    async [Symbol.asyncDispose]() {
      isOver = true
      child?.kill('SIGTERM')
      // One that cannot write, on a full disk say, does not end by itself.
      const killer = setTimeout(5000, null, { ref: false }).then(() => child?.kill('SIGKILL'))
      await Promise.race([running, killer])
    },
  }
}
