import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, globSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { discard, openCluster } from '@shop/state/cluster'
import { stateFolder } from '@shop/state/folder'

/**
 * Runs `node --test` on these patterns, or on all tests, and gives its exit code. There is one
 * PostgreSQL for all of them, on a free port, which keeps nothing: a crash test starts its own.
 */
export async function runTests(patterns: readonly string[]): Promise<number> {
  const given = process.env.SHOP_TEST_CLUSTER
  await using cluster = given ? null : await testCluster()
  const url = given ?? cluster?.url('postgres') ?? ''
  const codes = await Promise.all(
    patterns.length > 0 ? [lane(patterns, { url, atOnce: 2 })] : inLanes(url),
  )
  return Math.max(...codes)
}

/** What waits for others to give up leaves the processor to the rest, and so runs beside it. */
const waiting = ['test/{away,crash,demo,drain,events,journey}/*.test.ts']
const all = ['{deploy,gateway,subgraphs,test}/**/*.test.ts']

function inLanes(url: string): Promise<number>[] {
  const aside = globSync(waiting)
  const rest = globSync(all, { exclude: ['**/node_modules/**'] })
  const working = rest.filter((file) => !aside.includes(file))
  const first = lane(working, { url, atOnce: 2 })
  return [first, lane(aside, { url, atOnce: 1, toldAfter: first })]
}

interface Lane {
  readonly url: string
  readonly atOnce: number
  /** Its output is held back until then, so that two of them can be read. */
  readonly toldAfter?: Promise<unknown>
}

async function lane(files: readonly string[], { url, atOnce, toldAfter }: Lane): Promise<number> {
  const words = [
    '--test',
    `--test-concurrency=${atOnce}`,
    '--test-timeout=300000',
    ...reporters(),
    ...files,
  ]
  const out = toldAfter === undefined ? 'inherit' : 'pipe'
  const child = spawn(process.execPath, words, {
    stdio: ['inherit', out, out],
    env: {
      ...process.env,
      SHOP_TEST_CLUSTER: url,
      // What is built and forgotten is collected less often.
      NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --max-semi-space-size=32`.trim(),
    },
  })
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal))
  process.on('SIGINT', () => {})
  const ended = once(child, 'close')
  if (toldAfter !== undefined) await told(child, toldAfter)
  const [code] = await ended
  return code ?? 1
}

async function told(child: ChildProcess, after: Promise<unknown>): Promise<void> {
  const said = [child.stdout, child.stderr].map((stream) => (stream ? text(stream) : ''))
  const [output, errors] = await Promise.all([...said, after])
  process.stdout.write(`\n${output}${errors}`)
}

/** The usual one, and at the end what was left out and why. */
function reporters(): string[] {
  const leftOut = path.join(import.meta.dirname, 'left-out.ts')
  return ['spec', leftOut].flatMap((reporter) => [
    `--test-reporter=${reporter}`,
    '--test-reporter-destination=stdout',
  ])
}

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
