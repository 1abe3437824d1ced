import { parseArgs } from 'node:util'
import { demoPassword } from '../../deploy/solo/demo.ts'
import { campaign } from './campaign.ts'
import { cellsOf, nameOf, type Planned, scheduleOf } from './cells.ts'
import { openProvider } from './provider.ts'
import { openVictims, placeFor, type Topology } from './shop.ts'

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
    roles: { type: 'string', default: 'runner,owner,postgres' },
    between: { type: 'string', default: '50' },
  },
})
const told = (line: string) => void process.stdout.write(`${line}\n`)
const topology = values.topology as Topology
const [seed, kills] = [Number(values.seed), Number(values.kills)]

const place = await placeFor(topology, `crash-${process.pid}`)
await using provider = await openProvider(place.ports.GATEWAY_PORT ?? '')
await using shop = await openVictims(place, {
  products: Number(values.products),
  env: provider.env,
})
await shop.untilReady(300_000)
const schedule = values.each
  ? everyCell()
  : scheduleOf({ seed, kills, topology, victims: victims() })
told(`seed ${seed}, ${topology}: ${schedule.map(({ blow }) => nameOf(blow)).join(', ')}`)
try {
  const settings = { provider, told, password: demoPassword, between: Number(values.between) }
  const found = await campaign(shop, { ...settings, seed, schedule })
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
  const roles = values.roles.split(',')
  const cells = cellsOf(topology).filter(({ role }) => roles.includes(role))
  return cells.map((cell) => ({ blow: { kind: 'cell', ...cell }, afterMs: 500 }))
}

function victims(): string[] {
  const names = shop.names()
  return names.includes('redis') ? [...names, 'redis emptied'] : names
}
