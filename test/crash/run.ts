import { parseArgs } from 'node:util'
import { demoPassword } from '../../deploy/solo/demo.ts'
import { openings } from '../../deploy/solo/subgraphs.ts'
import { campaign } from './campaign.ts'
import { cellsOf, nameOf, type Planned, scheduleOf } from './cells.ts'
import { openVictims, type Topology } from './shop.ts'

/**
 * `npm run crash -- --kills 300 --seed 1 --topology full`, or `-- --each`: every point of the walk once.
 * What fails leaves its folder: the log, every call, the findings, and the databases.
 */
const { values } = parseArgs({
  options: {
    each: { type: 'boolean', default: false },
    kills: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    topology: { type: 'string', default: 'solo' },
    products: { type: 'string', default: '60' },
    between: { type: 'string', default: '50' },
  },
})
const told = (line: string) => void process.stdout.write(`${line}\n`)
const topology = values.topology as Topology
const [seed, kills] = [Number(values.seed), Number(values.kills)]
const hasWalk = openings.some(({ name }) => name === 'orders')

await using shop = await openVictims({
  ...{ topology, name: `crash-${process.pid}`, products: Number(values.products) },
})
await shop.untilReady()
const schedule = values.each
  ? everyCell()
  : scheduleOf({ seed, kills, topology, victims: victims(), hasWalk })
told(`seed ${seed}, ${topology}: ${schedule.map(({ blow }) => nameOf(blow)).join(', ')}`)
try {
  const found = await campaign(shop, {
    ...{
      seed,
      schedule,
      hasWalk,
      told,
      password: demoPassword,
      invariants: hasWalk ? undefined : ['I1', 'I6'],
      between: Number(values.between),
    },
  })
  const { findings, ...figures } = found
  told(JSON.stringify({ seed, topology, kills: schedule.length, ...figures }, null, 2))
  if (Object.keys(findings).length > 0) fail(JSON.stringify(findings, null, 2))
} catch (fault) {
  fail(String((fault as Error).stack))
}

function fail(why: string): void {
  shop.keep()
  told(`${why}\nAll of it is in ${shop.folder}`)
  process.exitCode = 1
}

function everyCell(): Planned[] {
  return cellsOf(topology).map((cell) => ({ blow: { kind: 'cell', ...cell }, afterMs: 500 }))
}

function victims(): string[] {
  const names = shop.names()
  return names.includes('redis') ? [...names, 'redis emptied'] : names
}
