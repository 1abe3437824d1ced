import { setTimeout } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { openScene } from '../crash/scene.ts'
import type { Topology } from '../crash/shop.ts'
import { neverTold, repliesIn } from '../drain/lost.ts'
import { type Figures, sample } from './samples.ts'
import { slopeOf } from './slope.ts'

/**
 * `npm run soak -- --minutes 30 --topology full`: everybody at work, and whether memory, heap, open
 * files and database connections grow. The first third is left out: caches fill in it.
 */
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    topology: { type: 'string', default: 'full' },
    seed: { type: 'string', default: '1' },
    products: { type: 'string', default: '200' },
  },
})
const told = (line: string) => void process.stdout.write(`${line}\n`)
const topology = values.topology as Topology
const minutes = Number(values.minutes)

/** In ten minutes: of memory as the goals have it; of files and connections not one. */
const most = (name: string) => (name.endsWith('MB') ? 1 : 0.5)

await using scene = await openScene({
  ...{ topology, name: `soak-${process.pid}`, products: Number(values.products) },
  env: () => ({ ENVIRONMENT: 'production', SHOP_POINTS_FILE: '' }),
})
const figures: Figures = new Map()
{
  await using crew = scene.crew(Number(values.seed))
  const began = performance.now()
  const minute = () => (performance.now() - began) / 60_000
  while (minute() < minutes) {
    if (minute() > minutes / 3) await sample(scene, figures, minute())
    await setTimeout(5000)
  }
  told(JSON.stringify(crew.done))
}
const { findings } = await scene.quiet()
const { lost, ...replies } = repliesIn(scene.recorder.calls, neverTold)
told(JSON.stringify(replies))
const faults = [...lost, ...Object.values(findings).flat()]
for (const [name, points] of figures) {
  const { perTenMinutes, least, most: highest } = slopeOf(points)
  const isGrowing = least > most(name)
  const shown = [perTenMinutes, least, highest].map((each) => each.toFixed(2))
  const last = points.at(-1)?.value.toFixed(1)
  told(
    `${name.padEnd(28)}${last?.padStart(8)}  ${shown[0]} in ten minutes (${shown[1]} to ${shown[2]})`,
  )
  if (isGrowing) faults.push(`${name} grows: ${shown.join(', ')}`)
}
if (faults.length > 0) {
  scene.shop.keep()
  told(`${faults.join('\n')}\nAll of it is in ${scene.shop.folder}`)
  process.exitCode = 1
}
