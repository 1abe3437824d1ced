import { parseArgs } from 'node:util'
import { type DataSets, dataSetsIn } from './data.ts'

/** A figure and the 95 % interval around it, by bootstrap over what was sampled. */
export interface Figure {
  readonly value: number
  readonly interval?: readonly [low: number, high: number]
}

export interface Metric extends Figure {
  /** As `models.md` calls it, with the set it is of: `online-retail new items R@10`. */
  readonly name: string
  readonly higherIsBetter: boolean
  /** What a release is held to, and what is hoped for. */
  readonly floor?: number
  readonly aim?: number
  /** Simple methods on the same rows, by name; where one is better the report says so. */
  readonly baselines?: Readonly<Record<string, Figure>>
  /** How many rows, users or queries were scored. */
  readonly scored: number
  /** What a reader has to know: a subset, a deviation from the published protocol. */
  readonly note?: string
}

export interface Judged {
  readonly capability: string
  readonly metrics: readonly Metric[]
}

export interface Judging {
  readonly data: DataSets
  readonly seed: number
}

/**
 * What a `model/judge.ts` runs: reads `--split validation|test` and `--held <folder>`, trains on
 * `SHOP_DATA_DIR`, scores, and prints one JSON document to standard output. The exit code is 1
 * where a metric is below its floor and 2 where the data is not there.
 */
export async function judging(judge: (judging: Judging) => Promise<Judged>): Promise<void> {
  const { values } = parseArgs({
    options: {
      split: { type: 'string', default: 'validation' },
      held: { type: 'string' },
      seed: { type: 'string', default: '1' },
    },
  })
  const { split, held } = values
  if (split === 'test' && !held) refuse('The test split is not here: name its folder by --held.')
  // biome-ignore lint/style/noProcessEnv: the one place where a judge reads the environment.
  const folder = process.env.SHOP_DATA_DIR
  if (!folder) return refuse('Set SHOP_DATA_DIR to the folder of the data sets.')

  const began = performance.now()
  const judged = await judge({ data: dataSetsIn({ folder, held }), seed: Number(values.seed) })
  const seconds = Number(((performance.now() - began) / 1000).toFixed(1))
  const metrics = judged.metrics.map((metric) => ({ ...metric, ...standing(metric) }))
  const report = { capability: judged.capability, split: held ? 'test' : split, seconds, metrics }
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`)
  if (metrics.some(({ atFloor }) => !atFloor)) process.exitCode = 1
}

function standing({ value, floor, aim, higherIsBetter, baselines = {} }: Metric) {
  const reaches = (mark: number | undefined) =>
    mark === undefined || (higherIsBetter ? value >= mark : value <= mark)
  const better = Object.entries(baselines).filter(([, baseline]) =>
    higherIsBetter ? baseline.value > value : baseline.value < value,
  )
  return {
    atFloor: reaches(floor),
    ...(aim !== undefined && { atAim: reaches(aim) }),
    ...(better.length > 0 && { betterBaselines: better.map(([name]) => name) }),
  }
}

function refuse(message: string): void {
  process.stderr.write(`${message}\n`)
  process.exit(2)
}
