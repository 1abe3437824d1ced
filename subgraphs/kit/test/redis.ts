import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import type { TestContext } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { isRequired } from '../testing.ts'
import { freePort } from './free-port.ts'

export interface RedisServer extends AsyncDisposable {
  readonly url: string
  /** As a crash: nothing is saved. */
  kill(): Promise<void>
  start(): Promise<void>
  /** It takes connections and answers none of them, until it may go on. */
  freeze(): void
  thaw(): void
}

const isThere = spawnSync('redis-server', ['--version']).status === 0

/** A server of the test's own, or null where Redis is not installed and need not be. */
export async function redisServer(t: Pick<TestContext, 'diagnostic'>): Promise<RedisServer | null> {
  if (!isThere && isRequired('redis'))
    throw new Error('SHOP_REQUIRE names redis, and there is none.')
  if (!isThere) {
    t.diagnostic('left out: there is no redis-server on the PATH')
    return null
  }
  const port = await freePort()
  const url = `redis://127.0.0.1:${port}`
  let child: ChildProcess | undefined

  async function kill() {
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }

  async function start() {
    const words = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
    child = spawn('redis-server', words, { stdio: 'ignore' })
    while (!(await answers(url))) await delay(10)
  }

  await start()
  return {
    url,
    kill,
    start,
    freeze: () => child?.kill('SIGSTOP'),
    thaw: () => child?.kill('SIGCONT'),
    [Symbol.asyncDispose]: kill,
  }
}

async function answers(url: string): Promise<boolean> {
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null })
  redis.on('error', () => {})
  try {
    await redis.connect()
    return (await redis.ping()) === 'PONG'
  } catch {
    return false
  } finally {
    redis.disconnect()
  }
}
