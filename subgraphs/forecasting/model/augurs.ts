import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import initEts, { AutoETS } from '@bsull/augurs/ets'
import initMstl, { MSTL } from '@bsull/augurs/mstl'
import initProphet, { Prophet } from '@bsull/augurs/prophet'
import { optimizer } from '@bsull/augurs-prophet-wasmstan'
import { checkedNumbers } from './checked.ts'
import type { Method } from './methods.ts'
import { dampedSmoothing } from './smoothing.ts'

/** The methods that run as WebAssembly. Where one fails on a series, the damped trend answers. */
export interface Augurs {
  /** Exponential smoothing chosen by AICc (Hyndman, Koehler, Snyder and Grose, 2002), no seasons. */
  readonly autoEts: Method
  /** Seasons by repeated STL, the trend by AutoETS (Bandara, Hyndman and Bergmeir, 2021). */
  mstl(periods: readonly number[]): Method
  /** Prophet (Taylor and Letham, 2018), its posterior's mode found by Stan. */
  prophet(everyDays: number): Method
}

let opened: Promise<Augurs> | undefined

/** Compiled once a process, about a tenth of a second. */
export function openAugurs(): Promise<Augurs> {
  opened ??= open()
  return opened
}

async function open(): Promise<Augurs> {
  const bytes = async (name: string) => ({
    module_or_path: await readFile(
      fileURLToPath(import.meta.resolve(`@bsull/augurs/${name}`)).replace(/\.js$/, '_bg.wasm'),
    ),
  })
  await Promise.all([
    initEts(await bytes('ets')),
    initMstl(await bytes('mstl')),
    initProphet(await bytes('prophet')),
  ])
  return {
    autoEts: orDamped((values, horizon) => {
      using model = new AutoETS(1, 'ZZN')
      model.fit(Float64Array.from(values))
      return [...model.predict(horizon).point]
    }),
    mstl: (periods) =>
      orDamped((values, horizon) => {
        using model = MSTL.ets([...periods])
        model.fit(Float64Array.from(values))
        return [...model.predict(horizon).point]
      }),
    prophet: (everyDays) => orDamped((values, horizon) => prophesied(values, horizon, everyDays)),
  }
}

function prophesied(values: readonly number[], horizon: number, everyDays: number): number[] {
  using model = new Prophet({
    optimizer,
    uncertaintySamples: 0,
    yearlySeasonality: { type: 'manual', enabled: values.length * everyDays >= 730 },
    weeklySeasonality: { type: 'manual', enabled: everyDays === 1 && values.length >= 14 },
    dailySeasonality: { type: 'manual', enabled: false },
  })
  const second = (at: number) => 1_262_304_000 + at * everyDays * 86_400
  model.fit({ ds: values.map((_, at) => second(at)), y: [...values] }, { seed: 1 })
  const ds = Array.from({ length: horizon }, (_, step) => second(values.length + step))
  return [...model.predict({ ds }).yhat.point]
}

/** The library throws on series that are constant or too short, in words of its own. */
const orDamped =
  (method: Method): Method =>
  (values, horizon) => {
    checkedNumbers(values)
    try {
      const ahead = method(values, horizon)
      if (ahead.length === horizon && ahead.every(Number.isFinite)) return ahead
    } catch {
      // The damped trend below is the answer.
    }
    return dampedSmoothing(values, horizon).ahead
  }
