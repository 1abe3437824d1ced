import { parcels, parcelsWorld, prices, weights } from '../../../gateway/test/parcels.ts'

/** A router in a process of its own, so that what it takes is its own; told what to do by its parent. */
export type Order =
  | { readonly kind: 'publish'; readonly place: string }
  | { readonly kind: 'swap'; readonly swaps: number }
  | { readonly kind: 'look' }

export interface Look {
  readonly megabytes: number
  readonly cpuMs: number
  readonly streams: number
}

const megabyte = 2 ** 20
const world = await parcelsWorld({ config: { subscriptions: { streams: 1_000_000 } } })
const supergraphs = [{}, { weights }].map((more) =>
  world.supergraphOf({ parcels, prices, ...more }),
)

process.on('disconnect', () => process.exit(0))
process.on('message', async (order: Order) => {
  if (order.kind === 'publish') await world.live.publish('p1', order.place)
  else if (order.kind === 'swap') await swap(order.swaps)
  if (order.kind !== 'publish') globalThis.gc?.()
  process.send?.(look())
})

async function swap(swaps: number): Promise<void> {
  for (let n = 0; n < swaps; n++) {
    await world.router.life.replace(supergraphs[(n + 1) % 2] as string)
    await world.live.publish('p1', `${n}`)
  }
}

function look(): Look {
  const { user, system } = process.cpuUsage()
  const { streams } = world.router.channels.counts
  const megabytes = process.memoryUsage().rss / megabyte
  return { megabytes, cpuMs: (user + system) / 1000, streams }
}

process.send?.(world.router.url)
