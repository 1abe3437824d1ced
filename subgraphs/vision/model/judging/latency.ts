import { readFileSync } from 'node:fs'
import { statisticWithInterval } from '@shop/kit/learn/bootstrap'
import { randomFrom } from '@shop/kit/learn/random'
import type { Metric } from '@shop/kit/learn/report'
import { Eyes } from '../embedding/eyes.ts'
import { decoded } from '../picture/decode.ts'
import type { Photo } from '../sets.ts'

/** Milliseconds of decoding and seeing, a photograph, one after another; the first are warm-up. */
export async function timed(folder: string, photos: readonly Photo[], path: 'precise' | 'fast') {
  const eyes = new Eyes(folder)
  const times: number[] = []
  for (const { file } of photos) {
    const bytes = readFileSync(file)
    const began = performance.now()
    const picture = await decoded(bytes)
    if (picture.kind === 'PictureRefused') throw new Error(picture.message)
    await (path === 'precise' ? eyes.look(picture) : eyes.glance(picture))
    times.push(performance.now() - began)
  }
  return times.slice(5)
}

export const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.ceil(share * values.length) - 1] ?? Number.NaN

export async function judgedLatency(folder: string, photos: readonly Photo[]): Promise<Metric[]> {
  const random = randomFrom(1)
  const metric = async (path: 'precise' | 'fast', floor: number): Promise<Metric> => {
    const times = await timed(folder, photos.slice(0, 65), path)
    return {
      name: `p95 ms a picture, ${path} path`,
      ...statisticWithInterval(times, (sample) => quantile(sample, 0.95), random),
      floor,
      higherIsBetter: false,
      scored: times.length,
      note: 'decoding and the network; on a machine that does other work it is slower',
    }
  }
  return [await metric('precise', 120), await metric('fast', 12)]
}
