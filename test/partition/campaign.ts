import { setTimeout } from 'node:timers/promises'
import type { Findings } from '../checker/check.ts'
import type { Scene } from '../crash/scene.ts'
import { neverTold, type Replies, repliesIn } from '../drain/lost.ts'
import type { Recorded } from '../faults/recorder.ts'
import { boughtIn, recoveredMs } from './bought.ts'
import { type Cut, manners } from './schedule.ts'
import type { Wires } from './wires.ts'

interface Asked {
  readonly seed: number
  readonly cuts: readonly Cut[]
  /** How many cuts until it is left alone and looked at. */
  readonly between: number
  readonly told: (line: string) => void
}

export interface Parted {
  readonly replies: Replies
  /** How long somebody took to buy while nothing was cut, before each group of cuts. */
  readonly usualMs: readonly number[]
  /** And at most when they came as a cut was over, by wire. */
  readonly slowestMs: Readonly<Record<string, number>>
  readonly settledSeconds: readonly number[]
  /** What took longer than it may. */
  readonly late: readonly string[]
  readonly findings: Findings
}

/** The gateway waits for a part no longer than fifteen seconds; a busy machine needs a moment more. */
const longestMs = 16_000

/** Everybody at work while one wire after another is cut; at quiet points all of it is looked at. */
export async function parted(scene: Scene, wires: Wires, asked: Asked): Promise<Parted> {
  const { seed, cuts, between, told } = asked
  const { length: before } = scene.recorder.calls
  const slowestMs: Record<string, number> = {}
  const [usualMs, settledSeconds]: [number[], number[]] = [[], []]
  const late: string[] = []
  let findings: Findings = {}
  for (let from = 0; from < cuts.length && Object.keys(findings).length === 0; from += between) {
    await using crew = scene.crew(seed + from, { isFew: true })
    usualMs.push(await boughtIn(scene, seed * 1000 + from))
    told(`  bought in ${usualMs.at(-1)} ms while nothing is cut`)
    for (const [at, cut] of cuts.slice(from, from + between).entries()) {
      const { ms, line } = await cutOnce(scene, wires, {
        cut,
        number: seed * 1000 + from + at + 500,
      })
      slowestMs[cut.wire] = Math.max(slowestMs[cut.wire] ?? 0, ms)
      if (ms > Math.max(...usualMs) + recoveredMs) late.push(line)
      told(line)
    }
    await crew[Symbol.asyncDispose]()
    const looked = await scene.quiet()
    settledSeconds.push(looked.seconds)
    ;({ findings } = looked)
    told(`  quiet after ${looked.seconds} s, ${Object.keys(findings).length} invariants broken`)
  }
  const calls = scene.recorder.calls.slice(before)
  late.push(...calls.filter(isLate).map(lineOf))
  return {
    replies: repliesIn(calls, neverTold),
    usualMs,
    slowestMs,
    settledSeconds,
    late,
    findings,
  }
}

const isLate = ({ sentAt, doneAt }: Recorded) => doneAt - sentAt > longestMs

const lineOf = ({ client, name, sentAt, doneAt }: Recorded) =>
  `${client} ${name} at ${new Date(sentAt).toISOString()} was answered after ${doneAt - sentAt} ms`

interface One {
  readonly cut: Cut
  readonly number: number
}

async function cutOnce(scene: Scene, wires: Wires, { cut, number }: One) {
  const { wire, manner, ms: cutMs } = cut
  const { length: before } = scene.recorder.calls
  wires.shape(wire, manners[manner])
  await setTimeout(cutMs)
  wires.heal()
  const ms = await boughtIn(scene, number)
  const { codes } = repliesIn(scene.recorder.calls.slice(before))
  const line = `${wire}, ${manner}, ${cutMs} ms: bought in ${ms} ms; ${JSON.stringify(codes)}`
  return { ms, line }
}
