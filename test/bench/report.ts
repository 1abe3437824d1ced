import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { stateFolder } from '@shop/state/folder'

export interface Times {
  readonly p50: number
  readonly p95: number
  readonly p99: number
}

/** Percentiles of what was measured, in milliseconds. */
export function timesOf(measured: readonly number[]): Times {
  const sorted = measured.toSorted((a, b) => a - b)
  const at = (share: number) =>
    Number((sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(2))
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}

/** Writes the figures beside the state and prints them. */
export function report(name: string, figures: object): void {
  const folder = path.join(stateFolder(process.env.SHOP_STATE_DIR), 'bench')
  mkdirSync(folder, { recursive: true })
  const text = JSON.stringify({ name, at: new Date().toISOString(), ...figures }, null, 2)
  writeFileSync(path.join(folder, `${name}.json`), `${text}\n`)
  process.stdout.write(`${text}\n`)
}

/** Does `work` from so many hands at once, for so long; gives what each took, in milliseconds. */
export async function forAWhile(
  seconds: number,
  hands: number,
  work: (turn: number) => Promise<void>,
): Promise<{ perSecond: number; times: Times }> {
  const measured: number[] = []
  const began = performance.now()
  const end = began + seconds * 1000
  let turn = 0
  const hand = async () => {
    while (performance.now() < end) {
      const before = performance.now()
      turn += 1
      await work(turn)
      measured.push(performance.now() - before)
    }
  }
  await Promise.all(Array.from({ length: hands }, hand))
  const perSecond = Math.round(measured.length / ((performance.now() - began) / 1000))
  return { perSecond, times: timesOf(measured) }
}
