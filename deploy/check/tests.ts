import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, globSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { discard, openCluster } from '@shop/state/cluster'
import { stateFolder } from '@shop/state/folder'
import { type Batch, batchesOf } from './batches.ts'
import { summary, type Told } from './tally.ts'

/**
 * Runs these test files, or all, and gives 0 when all passed. There is one PostgreSQL for all of
 * them, on a free port, which keeps nothing: a crash test starts its own.
 */
export async function runTests(patterns: readonly string[]): Promise<number> {
  const given = process.env.SHOP_TEST_CLUSTER
  await using cluster = given ? null : await testCluster()
  const url = given ?? cluster?.url('postgres') ?? ''
  const files = globSync(patterns.length > 0 ? patterns : all, { exclude: ['**/node_modules/**'] })
  if (files.length === 0) throw new Error('No test file is called so.')
  const waits = patterns.length > 0 ? [] : globSync(waiting)
  const [works, asides] = [files.filter((file) => !waits.includes(file)), waits].map(batchesOf)
  const [working, aside] = [works?.values() ?? [], asides?.values() ?? []]
  const asked: Asked = { url, ending: endingOn('SIGINT', 'SIGTERM', 'SIGHUP') }
  const runs = await Promise.all([hand(working, asked), hand(working, asked), hand(aside, asked)])
  process.stdout.write(summary(runs.flatMap(({ told }) => told)))
  return runs.every(({ hasPassed }) => hasPassed) ? 0 : 1
}

/** What waits for others to give up leaves the processor to the rest, and so runs beside it. */
const waiting = ['test/{away,crash,demo,drain,events,journey}/*.test.ts']
const all = ['{deploy,gateway,subgraphs,test}/**/*.test.ts']

interface Run {
  readonly hasPassed: boolean
  readonly told: readonly Told[]
}

interface Asked {
  readonly url: string
  /** Told to end, it begins no other batch: what it opened is closed. */
  readonly ending: AbortSignal
}

async function hand(batches: Iterable<Batch>, asked: Asked): Promise<Run> {
  const runs: Run[] = []
  for (const batch of batches) {
    if (asked.ending.aborted) break
    runs.push(await run(batch, asked))
  }
  return {
    hasPassed: runs.every(({ hasPassed }) => hasPassed),
    told: runs.flatMap(({ told }) => told),
  }
}

/** What a batch says is held back until it has ended, so that several can be read. */
async function run({ room, files }: Batch, { url, ending }: Asked): Promise<Run> {
  const began = performance.now()
  const folder = mkdtempSync(path.join(tmpdir(), 'shop-tests-'))
  const told = path.join(folder, 'told')
  const batch = path.join(import.meta.dirname, 'batch.ts')
  const child = spawn(process.execPath, [batch, told, ...files], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      SHOP_TEST_CLUSTER: url,
      // What is built and forgotten is collected less often.
      NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --max-semi-space-size=32`.trim(),
    },
  })
  const end = () => child.kill()
  ending.addEventListener('abort', end)
  const output = Promise.all([text(child.stdout), text(child.stderr)])
  const [code] = await once(child, 'close')
  ending.removeEventListener('abort', end)
  const took = `${((performance.now() - began) / 1000).toFixed(0)} s`
  process.stdout.write(`\n${room}, ${took}\n${(await output).join('')}`)
  const lines = existsSync(told) ? readFileSync(told, 'utf8').split('\n') : []
  rmSync(folder, { recursive: true })
  if (code !== 0) process.stdout.write(`${room} ended with ${code}\n`)
  return { hasPassed: code === 0, told: lines.filter(Boolean).map((line) => JSON.parse(line)) }
}

function endingOn(...signals: readonly NodeJS.Signals[]): AbortSignal {
  const ending = new AbortController()
  for (const signal of signals) process.on(signal, () => ending.abort())
  return ending.signal
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
