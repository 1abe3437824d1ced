import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { discard, openCluster } from '@shop/state/cluster'
import { stateFolder } from '@shop/state/folder'

/**
 * Runs `node --test` on these patterns, or on all tests, and gives its exit code. There is one
 * PostgreSQL for all of them, on a free port, which keeps nothing: a crash test starts its own.
 */
export async function runTests(patterns: readonly string[]): Promise<number> {
  const given = process.env.SHOP_TEST_CLUSTER
  await using cluster = given ? null : await testCluster()
  const words = [
    '--test',
    '--test-concurrency=2',
    '--test-timeout=300000',
    ...reporters(),
    ...(patterns.length > 0 ? patterns : all),
  ]
  const child = spawn(process.execPath, words, {
    stdio: 'inherit',
    env: {
      ...process.env,
      SHOP_TEST_CLUSTER: given ?? cluster?.url('postgres'),
      // What is built and forgotten is collected less often.
      NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --max-semi-space-size=32`.trim(),
    },
  })
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal))
  process.on('SIGINT', () => {})
  const [code] = await once(child, 'exit')
  return code ?? 1
}

/** The usual one, and at the end what was left out and why. */
function reporters(): string[] {
  const leftOut = path.join(import.meta.dirname, 'left-out.ts')
  return ['spec', leftOut].flatMap((reporter) => [
    `--test-reporter=${reporter}`,
    '--test-reporter-destination=stdout',
  ])
}

const all = ['{deploy,gateway,subgraphs,test}/**/*.test.ts']

/** Its folder carries our process id, so what a killed run left is known by it. */
async function testCluster() {
  const state = stateFolder(process.env.SHOP_STATE_DIR)
  for (const name of readdirSync(state).filter((each) => /^test-\d+$/.test(each))) {
    if (!existsSync(`/proc/${name.slice(5)}`)) await discard(path.join(state, name))
  }
  const folder = path.join(state, `test-${process.pid}`)
  const settings = { folder, password: 'postgres', durable: false }
  const cluster = await openCluster({ ...settings, port: 54_000 + (process.pid % 1000) })
  return {
    ...cluster,
    async [Symbol.asyncDispose]() {
      await cluster[Symbol.asyncDispose]()
      await discard(folder)
    },
  }
}
