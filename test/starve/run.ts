import { rmSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { stateFolder } from '@shop/state/folder'
import { openScene } from '../crash/scene.ts'
import { openWires } from '../partition/wires.ts'
import { starved } from './campaign.ts'
import { smallDisk } from './disk.ts'
import { clockFile, shortages } from './shortages.ts'

/**
 * `npm run starve -- --seconds 60`: a shop at work with too little of one thing after another, each
 * for so long; `--only disk` for those whose name it matches. Mounts a disk of its own, as root.
 */
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '15' },
    seed: { type: 'string', default: '1' },
    products: { type: 'string', default: '60' },
    only: { type: 'string', default: '' },
    megabytes: { type: 'string', default: '1500' },
  },
})
const told = (line: string) => void process.stdout.write(`${line}\n`)
const disk = path.join(stateFolder(process.env.SHOP_STATE_DIR), `starve-${process.pid}`)
const folder = path.join(disk, 'shop')
const seed = Number(values.seed)
const clock = new URL('../faults/stepped-clock.ts', import.meta.url)

using _ = smallDisk(disk, 'shop', Number(values.megabytes))
await using wires = await openWires(seed)
await using scene = await openScene({
  ...{ topology: 'full', name: `${path.basename(disk)}/shop`, products: Number(values.products) },
  webhooksPort: wires.webhooksPort,
  flags: [`--import=${clock}?by=${clockFile(folder)}`],
  env: async (place, provider) => ({
    ...(await wires.lead(place, provider)),
    ...{ ENVIRONMENT: 'production', SHOP_POINTS_FILE: '', LOG_LEVEL: 'warn' },
  }),
})
const faults: string[] = []
for (const [at, shortage] of shortages.entries()) {
  if (!new RegExp(values.only).test(shortage.name)) continue
  const asked = { seed: seed + at, ms: 1000 * Number(values.seconds), told }
  try {
    faults.push(...(await starved({ scene, wires }, shortage, asked)))
  } catch (fault) {
    faults.push(`${shortage.name}: ${(fault as Error).stack}`)
  }
}
told(`${faults.length} not as it should be`)
if (faults.length > 0) {
  told(`${faults.join('\n')}\nWhat the shop said of it is in ${disk}.log`)
  process.exitCode = 1
} else for (const ending of ['log', 'calls']) rmSync(`${disk}.${ending}`)
