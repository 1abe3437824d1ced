import { parseArgs } from 'node:util'
import { openScene } from '../crash/scene.ts'
import { parted } from './campaign.ts'
import { cutsOf } from './schedule.ts'
import { openWires } from './wires.ts'

/**
 * `npm run partition -- --seed 1`: each connection between two parts cut once in each manner, under
 * load. `--seconds 5 --most 120` is how long a cut lasts, `--rounds` how many there are, `--wires`
 * which of them by name. What fails leaves its folder.
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    rounds: { type: 'string' },
    seconds: { type: 'string', default: '5' },
    most: { type: 'string' },
    products: { type: 'string', default: '60' },
    between: { type: 'string', default: '12' },
    wires: { type: 'string', default: '' },
  },
})
const told = (line: string) => void process.stdout.write(`${line}\n`)
const seed = Number(values.seed)
const least = Number(values.seconds)

await using wires = await openWires(seed)
await using scene = await openScene({
  ...{ topology: 'full', name: `partition-${process.pid}`, products: Number(values.products) },
  webhooksPort: wires.webhooksPort,
  // As it is run for others: what a client is told is what a shopper would be.
  env: async (place, provider) => ({
    ...(await wires.lead(place, provider)),
    ...{ ENVIRONMENT: 'production', SHOP_POINTS_FILE: '' },
  }),
})
const { shop } = scene
const cuts = cutsOf({
  ...{ seed, seconds: [least, Math.max(least, Number(values.most ?? 0))] },
  rounds: values.rounds ? Number(values.rounds) : undefined,
  wires: values.wires ? values.wires.split(',') : wires.names,
})
told(`seed ${seed}: ${cuts.length} cuts of ${wires.names.length} wires`)
try {
  const asked = { seed, cuts, between: Number(values.between), told }
  const { replies, late, findings, ...figures } = await parted(scene, wires, asked)
  told(JSON.stringify({ seed, cuts: cuts.length, replies, ...figures }, null, 2))
  const faults = [...replies.lost, ...late, ...Object.values(findings).flat()]
  if (faults.length > 0) fail(faults.join('\n'))
} catch (fault) {
  fail(String((fault as Error).stack))
}

function fail(why: string): void {
  shop.keep()
  told(`${why}\nAll of it is in ${shop.folder}`)
  process.exitCode = 1
}
