import { readFileSync } from 'node:fs'
import { statisticWithInterval } from '@shop/kit/learn/bootstrap'
import { randomFrom } from '@shop/kit/learn/random'
import type { Metric } from '@shop/kit/learn/report'
import { Eyes } from '../embedding/eyes.ts'
import { decoded } from '../picture/decode.ts'
import type { Photo } from '../sets.ts'

/** Milliseconds of decoding and seeing a photograph: as a clock has them, and of work alone. */
export interface Times {
  readonly wall: readonly number[]
  /** Of the process, whatever else the machine does. */
  readonly work: readonly number[]
}

/** One photograph after another; the first are warm-up. */
export async function timed(
  folder: string,
  photos: readonly Photo[],
  path: 'precise' | 'fast',
): Promise<Times> {
  const eyes = new Eyes(folder)
  const times: { wall: number; work: number }[] = []
  for (const { file } of photos) {
    const bytes = readFileSync(file)
    const [began, before] = [performance.now(), process.cpuUsage()]
    const picture = await decoded(bytes)
    if (picture.kind === 'PictureRefused') throw new Error(picture.message)
    await (path === 'precise' ? eyes.look(picture) : eyes.glance(picture))
    const { user, system } = process.cpuUsage(before)
    times.push({ wall: performance.now() - began, work: (user + system) / 1000 })
  }
  const kept = times.slice(5)
  return { wall: kept.map(({ wall }) => wall), work: kept.map(({ work }) => work) }
}

export const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.ceil(share * values.length) - 1] ?? Number.NaN

export async function judgedLatency(folder: string, photos: readonly Photo[]): Promise<Metric[]> {
  const random = randomFrom(1)
  const metric = async (path: 'precise' | 'fast', floor: number): Promise<Metric> => {
    const { wall, work } = await timed(folder, photos.slice(0, 65), path)
    return {
      name: `p95 ms a picture, ${path} path`,
      ...statisticWithInterval(wall, (sample) => quantile(sample, 0.95), random),
      floor,
      higherIsBetter: false,
      scored: wall.length,
      note: `decoding and the network; of work alone ${quantile(work, 0.95).toFixed(1)} ms`,
    }
  }
  return [await metric('precise', 120), await metric('fast', 12)]
}
