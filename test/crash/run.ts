import { parseArgs } from 'node:util'
import { everyoneAway } from '../away/run.ts'
import { campaign } from './campaign.ts'
import { cellsOf, nameOf, type Planned, scheduleOf } from './cells.ts'
import { openScene } from './scene.ts'
import type { Topology, Victims } from './shop.ts'

/**
 * `npm run crash -- --kills 300 --seed 1 --topology full`, or `-- --each`: every point of the walk once;
 * or `-- --hung`: each part of the shop away, for a while, from a checkout that needs it.
 * What fails leaves its folder: the log, every call, the findings, and the databases.
 */
const { values } = parseArgs({
  options: {
    each: { type: 'boolean', default: false },
    hung: { type: 'boolean', default: false },
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

await (values.hung ? everyoneAway() : crashes())

async function crashes(): Promise<void> {
  const [name, products] = [`crash-${process.pid}`, Number(values.products)]
  await using scene = await openScene({ topology, name, products })
  const { shop } = scene
  const victims = victimsIn(shop)
  const schedule = values.each ? everyCell() : scheduleOf({ seed, kills, topology, victims })
  told(`seed ${seed}, ${topology}: ${schedule.map(({ blow }) => nameOf(blow)).join(', ')}`)
  try {
    const settings = { told, isFew: values.each, between: Number(values.between) }
    const { findings, ...figures } = await campaign(scene, { ...settings, seed, schedule })
    told(JSON.stringify({ seed, topology, kills: schedule.length, ...figures }, null, 2))
    if (Object.keys(findings).length > 0) fail(shop, JSON.stringify(findings, null, 2))
    if (values.each && figures.missed.length > 0) fail(shop, 'Not every point was met.')
  } catch (fault) {
    fail(shop, String((fault as Error).stack))
  }
}

function fail(shop: Victims & { keep(): void }, why: string): void {
  shop.keep()
  told(`${why}\nAll of it is in ${shop.folder}`)
  process.exitCode = 1
}

function everyCell(): Planned[] {
  const roles = values.roles.split(',')
  const cells = cellsOf(topology).filter(({ role }) => roles.includes(role))
  return cells.map((cell) => ({ blow: { kind: 'cell', ...cell }, afterMs: 500 }))
}

function victimsIn(shop: Victims): string[] {
  const names = shop.names()
  return names.includes('redis') ? [...names, 'redis emptied'] : names
}
