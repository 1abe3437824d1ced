import { parseArgs } from 'node:util'
import { streamed } from '../../gateway/test/streams.ts'
import { routerProcess } from './live/child.ts'

/** `npm run bench -- reload --swaps 1000 --rate 300`: the supergraph changed under load. */
const { values } = parseArgs({
  options: {
    swaps: { type: 'string', default: '1000' },
    rate: { type: 'string', default: '300' },
  },
})
const [swaps, rate] = [Number(values.swaps), Number(values.rate)]
const every = 50

using router = await routerProcess()
const query = '{ parcel(id: "p1") { id price } }'
const wanted = '{"data":{"parcel":{"id":"p1","price":5}}}'
const counted = { asked: 0, failed: 0 }
const streams = await Promise.all(
  Array.from({ length: 10 }, () =>
    streamed(router as never, { query: 'subscription { moved(id: "p1") { place } }' }),
  ),
)
let isOver = false
const load = loadOf()

const sizes: number[] = []
for (let done = 0; done < swaps; done += every) {
  const { megabytes, streams: kept } = await router.told({ kind: 'swap', swaps: every })
  sizes.push(megabytes)
  process.stdout.write(
    `${done + every} swaps, ${counted.asked} asked, ${counted.failed} failed, ${kept} subscriptions, ${megabytes.toFixed(0)} MB\n`,
  )
}
isOver = true
await load
const [first] = streams
const heard = (await Promise.all(Array.from({ length: swaps }, () => first?.next()))).filter(
  (told) => told?.data,
)
const half = sizes.length / 2
const mean = (all: readonly number[]) => all.reduce((sum, each) => sum + each, 0) / all.length
process.stdout.write(
  `${counted.failed} of ${counted.asked} requests failed over ${swaps} swaps; ${heard.length} of ${swaps} events heard; ` +
    `memory ${mean(sizes.slice(0, half)).toFixed(0)} MB in the first half, ${mean(sizes.slice(half)).toFixed(0)} MB in the second\n`,
)
process.exitCode = counted.failed > 0 || heard.length < swaps ? 1 : 0
for (const stream of streams) await stream[Symbol.asyncDispose]()

/** So many a second, whether or not those before are answered. */
async function loadOf(): Promise<void> {
  const asking = new Set<Promise<void>>()
  const began = performance.now()
  while (!isOver) {
    const due = ((performance.now() - began) / 1000) * rate
    for (; counted.asked < due; counted.asked++) {
      const one = ask().finally(() => asking.delete(one))
      asking.add(one)
    }
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  await Promise.all(asking)
}

async function ask(): Promise<void> {
  const body = JSON.stringify({ query })
  const headers = { 'content-type': 'application/json' }
  try {
    const answer = await fetch(router.url, { method: 'POST', headers, body })
    if ((await answer.text()) !== wanted) counted.failed++
  } catch {
    counted.failed++
  }
}
