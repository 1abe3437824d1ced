import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { check, type Findings } from '../checker/check.ts'
import { type Recorder, recorderAt } from '../faults/recorder.ts'
import { nameOf, type Planned } from './cells.ts'
import { crewAt, knownOf } from './crew.ts'
import { evidenceOf } from './evidence.ts'
import { settled } from './settle.ts'
import type { Victims } from './shop.ts'
import { strike } from './strike.ts'

export interface Campaign {
  readonly seed: number
  readonly schedule: readonly Planned[]
  readonly hasWalk: boolean
  /** How many blows until it is left alone and looked at. */
  readonly between: number
  readonly password: string
  /** All of them, unless the shop has no orders to look at. */
  readonly invariants?: readonly string[] | undefined
  readonly told: (line: string) => void
}

export interface Found {
  readonly hits: Readonly<Record<string, number>>
  readonly missed: readonly string[]
  readonly settledSeconds: readonly number[]
  readonly done: Readonly<Record<string, number>>
  readonly findings: Findings
}

/** Everybody at work while one part after another dies; at quiet points all of it is looked at. */
export async function campaign(shop: Victims, asked: Campaign): Promise<Found> {
  const { schedule, between, told } = asked
  await shop.untilReady()
  const since = new Date()
  const known = await knownOf(shop, asked.password)
  const recorder = recorderAt(shop.url, path.join(shop.folder, 'calls.jsonl'))
  const hits: Record<string, number> = {}
  const [missed, settledSeconds]: [string[], number[]] = [[], []]
  const done: Record<string, number> = {}
  for (let from = 0; from < schedule.length; from += between) {
    const blows = schedule.slice(from, from + between)
    const crew = crewAt({ recorder, known, seed: asked.seed + from })
    await using _ = crew
    missed.push(...(await rain(shop, blows, { hits, told })))
    for (const [kind, count] of Object.entries(crew.done)) done[kind] = (done[kind] ?? 0) + count
    await crew[Symbol.asyncDispose]()
    settledSeconds.push(await settled(shop, asked.hasWalk))
    const findings = await lookedAt(shop, { recorder, since, invariants: asked.invariants })
    told(
      `  quiet after ${settledSeconds.at(-1)} s, ${Object.keys(findings).length} invariants broken`,
    )
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

interface Looking {
  readonly recorder: Recorder
  readonly since: Date
  readonly invariants: readonly string[] | undefined
}

async function lookedAt(
  shop: Victims,
  { recorder, since, invariants }: Looking,
): Promise<Findings> {
  const findings = await check(await evidenceOf(shop, { recorder, since }), invariants)
  writeFileSync(path.join(shop.folder, 'findings.json'), JSON.stringify(findings, null, 2))
  return findings
}
