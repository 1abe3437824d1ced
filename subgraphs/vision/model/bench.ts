import { readFileSync } from 'node:fs'
import { dataSetsIn } from '@shop/kit/learn/data'
import { Vision } from './analyse.ts'
import { cacheFolder, dataFolder } from './folders.ts'
import { quantile, type Times, timed } from './judging/latency.ts'
import { clothingSet } from './sets.ts'

const { scored } = clothingSet(dataSetsIn({ folder: dataFolder() }))
const photos = scored.slice(0, 105)
const clock = { now: () => new Date() }

/** The whole answer: decoding, colours, quality, hashes, networks, moderation and the model. */
async function analysed(path: 'precise' | 'fast') {
  const vision = new Vision({ folder: cacheFolder, clock })
  const times: number[] = []
  let degraded = 0
  for (const { file } of photos) {
    const bytes = readFileSync(file)
    const began = performance.now()
    const answer = await vision.analyse(bytes, { family: 'images-clothing', path })
    times.push(performance.now() - began)
    if ('degraded' in answer && answer.degraded) degraded += 1
  }
  return { ...quantiles(times.slice(5)), degraded }
}

const both = ({ wall, work }: Times) => ({ ...quantiles(wall), work: quantiles(work) })

const quantiles = (times: readonly number[]) => ({
  p50: Number(quantile(times, 0.5).toFixed(1)),
  p95: Number(quantile(times, 0.95).toFixed(1)),
})

const before = process.memoryUsage().rss
const report = {
  capability: 'vision',
  pictures: photos.length - 5,
  unit: 'ms',
  network: {
    fast: both(await timed(cacheFolder, photos, 'fast')),
    precise: both(await timed(cacheFolder, photos, 'precise')),
  },
  answer: { fast: await analysed('fast'), precise: await analysed('precise') },
  memoryMb: {
    before: Math.round(before / 2 ** 20),
    after: Math.round(process.memoryUsage().rss / 2 ** 20),
  },
}
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`)
