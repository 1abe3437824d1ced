import type { Findings } from '../checker/check.ts'
import type { Scene } from '../crash/scene.ts'
import { balanced } from './balanced.ts'
import { follower } from './follower.ts'
import { type Replies, repliesIn } from './lost.ts'
import type { Round } from './schedule.ts'
import { mostMs, toldToEnd } from './told-to-end.ts'

interface Asked {
  readonly seed: number
  readonly rounds: readonly Round[]
  readonly told: (line: string) => void
}

export interface Drained {
  readonly replies: Replies
  /** The slowest end of each part, in milliseconds. */
  readonly slowest: Readonly<Record<string, number>>
  /** Those that took longer than they may. */
  readonly late: readonly string[]
  readonly settledSeconds: number
  readonly findings: Findings
}

/** Each is back before the next is told to end. */
export async function drained(scene: Scene, { seed, rounds, told }: Asked): Promise<Drained> {
  const { shop, recorder } = scene
  const { length: before } = recorder.calls
  const slowest: Record<string, number> = {}
  const late: string[] = []
  {
    await using _follower = await follower(scene)
    await using balancer = balanced(recorder, new URL('/health/ready', shop.url).href)
    await using _crew = scene.crew(seed, { asking: balancer })
    for (const [at, round] of rounds.entries()) {
      const ms = await toldToEnd(shop, round)
      const { victim } = round
      slowest[victim] = Math.max(slowest[victim] ?? 0, ms ?? Number.POSITIVE_INFINITY)
      if (ms === null || ms > mostMs) late.push(`${victim} in round ${at}: ${ms ?? 'killed'}`)
      told(`${String(at).padStart(4)}  ${victim} ended after ${ms} ms`)
      await shop.untilReady()
    }
  }
  const { seconds, findings } = await scene.quiet()
  const replies = repliesIn(recorder.calls.slice(before))
  return { replies, slowest, late, settledSeconds: seconds, findings }
}
