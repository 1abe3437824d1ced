import { setTimeout } from 'node:timers/promises'
import type { Findings } from '../checker/check.ts'
import { nameOf, type Planned } from './cells.ts'
import type { Scene } from './scene.ts'
import type { Victims } from './shop.ts'
import { strike } from './strike.ts'

export interface Campaign {
  readonly seed: number
  readonly schedule: readonly Planned[]
  /** How many blows until it is left alone and looked at. */
  readonly between: number
  readonly told: (line: string) => void
  /** Nobody but shoppers is at work. */
  readonly isFew?: boolean
}

export interface Found {
  readonly hits: Readonly<Record<string, number>>
  readonly missed: readonly string[]
  readonly settledSeconds: readonly number[]
  readonly done: Readonly<Record<string, number>>
  readonly findings: Findings
}

/** Everybody at work while one part after another dies; at quiet points all of it is looked at. */
export async function campaign(scene: Scene, asked: Campaign): Promise<Found> {
  const { schedule, between, told, isFew } = asked
  const hits: Record<string, number> = {}
  const [missed, settledSeconds]: [string[], number[]] = [[], []]
  const done: Record<string, number> = {}
  for (let from = 0; from < schedule.length; from += between) {
    const blows = schedule.slice(from, from + between)
    await using crew = scene.crew(asked.seed + from, { isFew })
    missed.push(...(await rain(scene.shop, blows, { hits, told })))
    for (const [kind, count] of Object.entries(crew.done)) done[kind] = (done[kind] ?? 0) + count
    await crew[Symbol.asyncDispose]()
    const { seconds, findings } = await scene.quiet()
    settledSeconds.push(seconds)
    told(`  quiet after ${seconds} s, ${Object.keys(findings).length} invariants broken`)
    if (Object.keys(findings).length > 0) return { hits, missed, settledSeconds, done, findings }
  }
  return { hits, missed, settledSeconds, done, findings: {} }
}

interface Raining {
  readonly hits: Record<string, number>
  readonly told: (line: string) => void
}

async function rain(shop: Victims, blows: readonly Planned[], { hits, told }: Raining) {
  const began = performance.now()
  const missed: string[] = []
  for (const { blow, afterMs } of blows) {
    await setTimeout(afterMs)
    const name = nameOf(blow)
    const what = await strike(shop, blow)
    if (what) hits[name] = (hits[name] ?? 0) + 1
    else missed.push(name)
    const seconds = ((performance.now() - began) / 1000).toFixed(1)
    told(`${seconds.padStart(7)} s  ${what ?? `${name} was not met`}`)
  }
  return missed
}
