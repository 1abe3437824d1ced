import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { stateFolder } from '@shop/state/folder'
import { report } from './report.ts'
import { type Gateway, install, kinds, open } from './router/gateways.ts'
import { answerOf, type Measured, measure } from './router/measure.ts'
import { graph, names } from './router/world.ts'

/**
 * Our router beside stock Apollo Gateway, Hive Gateway with its Rust planner and Grafbase: one graph,
 * one operation, one core each, in alternating rounds. `--steps` weighs our own steps instead, by
 * leaving out one after another.
 */
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '5' },
    warm: { type: 'string', default: '1000' },
    only: { type: 'string', default: Object.keys(kinds).join() },
    steps: { type: 'boolean', default: false },
  },
})
const [seconds, rounds] = [Number(values.seconds), Number(values.rounds)]
const steps = ['identity', 'policy', 'cost', 'rate', 'cache', 'traffic', 'telemetry']

const state = stateFolder(process.env.SHOP_STATE_DIR)
const folder = path.join(state, `bench-router-${process.pid}`)
const supergraph = path.join(folder, 'supergraph.graphql')
mkdirSync(folder, { recursive: true })
const subgraphs = fork(new URL('router/subgraphs.ts', import.meta.url), { stdio: 'inherit' })
const [ports] = (await once(subgraphs, 'message')) as [Record<string, number>]
writeFileSync(supergraph, withAddresses(graph().supergraph))
const gateways: Gateway[] = []
try {
  const cache = values.steps ? '' : install(path.join(state, 'gateways'))
  const place = { folder, supergraph, ports }
  for (const name of values.steps ? ['all', ...steps] : values.only.split(',')) {
    const port = await freePort()
    const kind = values.steps ? 'ours' : name
    const started = kinds[kind]?.(place, port, cache)
    if (!started) throw new Error(`There is no gateway ${name}.`)
    const words = values.steps ? [...started.words, '--without', name] : started.words
    gateways.push(await open(name, { ...started, words }, port))
  }
  const answers = await Promise.all(gateways.map(answerOf))
  for (const { data } of answers) assert.deepEqual(data, answers[0]?.data)
  // A compiler that has not seen enough is what a short run on a busy machine would measure.
  for (const gateway of gateways)
    await measure(gateway, { seconds: 2, connections: 4, least: Number(values.warm) })
  report(values.steps ? 'router-steps' : 'router', {
    bytes: answers[0]?.bytes,
    answers: `${answers.length} deeply equal`,
    one: await compared(1),
    ...(!values.steps && { fifty: await compared(50) }),
  })
} finally {
  for (const { child } of gateways) child.kill('SIGKILL')
  subgraphs.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
}

/** Medians over the rounds; ratios to ours are of one round, and then their median. */
async function compared(connections: number) {
  const all = new Map<string, Measured[]>(gateways.map(({ name }) => [name, []]))
  for (let round = 0; round < rounds; round += 1) {
    for (const gateway of gateways) {
      all.get(gateway.name)?.push(await measure(gateway, { seconds, connections }))
    }
  }
  const [first] = all.values()
  return Object.fromEntries(
    [...all].map(([name, measured]) => [
      name,
      {
        cpuMs: median(measured.map(({ cpuMs }) => cpuMs)),
        ofFirst: median(measured.map(({ cpuMs }, at) => cpuMs / (first?.[at]?.cpuMs ?? 1))),
        perSecond: median(measured.map(({ perSecond }) => perSecond)),
        p50: median(measured.map(({ times }) => times.p50)),
        p95: median(measured.map(({ times }) => times.p95)),
        p99: median(measured.map(({ times }) => times.p99)),
        megabytes: median(measured.map(({ megabytes }) => megabytes)),
      },
    ]),
  )
}

function median(figures: readonly number[]): number {
  const sorted = figures.toSorted((a, b) => a - b)
  return Number((sorted[Math.floor(sorted.length / 2)] ?? 0).toFixed(3))
}

/** Each subgraph stands where its process listens. */
function withAddresses(sdl: string): string {
  return names.reduce(
    (text, name) =>
      text.replace(
        new RegExp(`@join__graph\\(name: "${name}", url: "[^"]*"\\)`),
        `@join__graph(name: "${name}", url: "http://127.0.0.1:${ports[name]}/graphql")`,
      ),
    sdl,
  )
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address ? address.port : 0
}
