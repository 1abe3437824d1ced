import { setTimeout } from 'node:timers/promises'
import { isGone } from '@shop/state/cluster'
import type { Victims } from '../crash/shop.ts'
import type { Round } from './schedule.ts'

/** Longer than this and whoever runs the shop kills it. */
export const mostMs = 10_000

/** How long one part took to end after it was told to; null when it had to be killed. */
export async function toldToEnd(shop: Victims, { victim, afterMs }: Round): Promise<number | null> {
  await setTimeout(afterMs)
  const pid = shop.pidOf(victim)
  if (!pid) throw new Error(`There is no ${victim} to be told to end.`)
  const began = performance.now()
  shop.signal(victim, 'SIGTERM')
  while (!isGone(pid)) {
    if (performance.now() - began > 2 * mostMs) {
      process.kill(pid, 'SIGKILL')
      return null
    }
    await setTimeout(10)
  }
  return Math.round(performance.now() - began)
}
