import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Findings } from '../checker/check.ts'
import type { Scene } from '../crash/scene.ts'
import { neverTold, repliesIn } from '../drain/lost.ts'
import { boughtIn, recoveredMs } from '../partition/bought.ts'
import type { Wires } from '../partition/wires.ts'
import type { Shortage } from './shortages.ts'

interface Asked {
  readonly seed: number
  readonly ms: number
  readonly told: (line: string) => void
}

/** Everybody at work while one thing is missing, and then there again; what was not as it should be. */
export async function starved(
  { scene, wires }: { scene: Scene; wires: Wires },
  shortage: Shortage,
  { seed, ms, told }: Asked,
): Promise<readonly string[]> {
  const { shop, recorder } = scene
  const [calls, log] = [recorder.calls.length, logOf(scene).length]
  await using crew = scene.crew(seed, { isFew: true })
  const usualMs = await boughtIn(scene, seed * 1000)
  await shortage.last({ scene, wires, ms })
  const tookMs = await boughtIn(scene, seed * 1000 + 1)
  await shop.untilReady()
  await crew[Symbol.asyncDispose]()
  const { seconds, findings } = await scene.quiet()
  const { codes, lost } = repliesIn(recorder.calls.slice(calls), neverTold)
  const said = logOf(scene).slice(log).split('\n')
  const line = shortage.line && said.find((each) => shortage.line?.test(each))
  told(`${shortage.name}: bought in ${tookMs} ms, before in ${usualMs} ms; settled in ${seconds} s`)
  told(`  ${JSON.stringify(codes)}\n  ${line?.slice(0, 300) ?? 'no line'}`)
  return [
    ...lost,
    ...brokenIn(findings),
    ...(shortage.line && !line ? [`${shortage.name} is told nowhere in the log`] : []),
    ...(tookMs > usualMs + recoveredMs ? [`after ${shortage.name} it took ${tookMs} ms`] : []),
  ]
}

const brokenIn = (findings: Findings): string[] => Object.values(findings).flat()

/** Of every process, and PostgreSQL's own. */
function logOf({ shop }: Scene): string {
  const files = [shop.log, path.join(shop.folder, 'postgres.log')]
  return files.map((file) => (existsSync(file) ? readFileSync(file, 'utf8') : '')).join('\n')
}
