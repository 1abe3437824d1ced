import { type Random, randomFrom } from '@shop/kit/learn/random'
import { dayMs, type Interaction } from './history.ts'
import { type Learned, learned } from './learned.ts'
import { recommended } from './recommend.ts'

/** Retraining and answers at 5,000 items and 10,000 shoppers of a made shop, and what they take. */
const size = { items: 5000, shoppers: 10_000, bought: 40 }
const nowMs = 1000 * dayMs

const random = randomFrom(1)
const shop = madeShop(random)
const catalogue = Array.from({ length: size.items }, (_, item) => ({
  id: `item-${item}`,
  text: `thing ${item % 97} of kind ${item % 31}`,
}))
const began = performance.now()
const [cpu, model] = [process.cpuUsage(), await learned({ interactions: shop, catalogue })]
const retrainMs = performance.now() - began
const { user, system } = process.cpuUsage(cpu)

const report = {
  capability: 'recommendations',
  ...size,
  retrainSeconds: Number((retrainMs / 1000).toFixed(2)),
  retrainCpuSeconds: Number(((user + system) / 1e6).toFixed(2)),
  milliseconds: {
    'a list for a shopper of 40 items': timed(model, 40, {}),
    'a list for a shopper of 400 items': timed(model, 400, {}),
    'a list with repeats': timed(model, 40, { bought: 'OFFER' }),
    'a list for a visit of 5': timed(model, 5, { session: true }),
    'a list for a stranger': timed(model, 0, {}),
  },
  residentMegabytes: Math.round(process.memoryUsage.rss() / 2 ** 20),
}
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`)

/** Shoppers keep to a part of the shop, where a few items sell most. */
function madeShop(chance: Random): Interaction[] {
  return Array.from({ length: size.shoppers }, (_, shopper) => {
    const corner = chance.below(50)
    return Array.from({ length: size.bought }, () => ({
      shopper: `shopper-${shopper}`,
      item: `item-${itemIn(corner, chance)}`,
      atMs: nowMs - chance.below(300) * dayMs,
    }))
  }).flat()
}

function itemIn(corner: number, chance: Random): number {
  const place = Math.floor(chance.next() ** 2 * 100)
  return chance.next() < 0.7 ? corner * 100 + place : chance.below(size.items)
}

function timed(learnedModel: Learned, items: number, how: object) {
  const times = 1000
  const events = Array.from({ length: items }, (_, at) => ({
    item: `item-${(at * 13) % size.items}`,
    atMs: nowMs - at * dayMs,
  }))
  const taken = Array.from({ length: times + 200 }, () => {
    const start = performance.now()
    recommended(learnedModel, { events, nowMs, count: 10, ...how })
    return performance.now() - start
  })
  const warm = taken.slice(200).sort((a, b) => a - b)
  const at = (share: number) => Number((warm[Math.floor(share * (times - 1))] ?? 0).toFixed(3))
  return { p50: at(0.5), p95: at(0.95) }
}
