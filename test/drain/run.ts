import { parseArgs } from 'node:util'
import { openScene } from '../crash/scene.ts'
import type { Topology } from '../crash/shop.ts'
import { drained } from './campaign.ts'
import { roundsOf } from './schedule.ts'

/**
 * `npm run drain -- --rounds 200 --seed 1 --topology full`: each part told to end under load, again
 * and again. What fails leaves its folder.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    topology: { type: 'string', default: 'full' },
    products: { type: 'string', default: '60' },
    parts: { type: 'string', default: '' },
  },
})
const told = (line: string) => void process.stdout.write(`${line}\n`)
const topology = values.topology as Topology
const seed = Number(values.seed)

await using scene = await openScene({
  ...{ topology, name: `drain-${process.pid}`, products: Number(values.products) },
  // As it is run for others: who closes first tells its clients to go elsewhere.
  env: () => ({ ENVIRONMENT: 'production', SHOP_POINTS_FILE: '' }),
})
const { shop } = scene
// PostgreSQL waits for its clients when it is told to end: nobody ends it while the shop is open.
const all = shop.names().filter((name) => name !== 'postgres')
const victims = values.parts ? values.parts.split(',') : all
const rounds = roundsOf({ seed, rounds: Number(values.rounds), victims })
told(`seed ${seed}, ${topology}: ${rounds.map(({ victim }) => victim).join(', ')}`)
const { replies, late, findings, ...figures } = await drained(scene, { seed, rounds, told })
told(JSON.stringify({ seed, topology, rounds: rounds.length, replies, ...figures }, null, 2))
const faults = [...replies.lost, ...late, ...Object.values(findings).flat()]
if (faults.length > 0) {
  shop.keep()
  told(`${faults.join('\n')}\nAll of it is in ${shop.folder}`)
  process.exitCode = 1
}
