import { setTimeout } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { randomFrom } from '@shop/kit/learn/random'
import { demoPassword } from '../../deploy/solo/demo.ts'
import { purchase } from '../crash/buying.ts'
import { clientOf } from '../crash/client.ts'
import { knownOf } from '../crash/crew.ts'
import { openProvider } from '../crash/provider.ts'
import { openVictims, placeFor, type Topology } from '../crash/shop.ts'
import { recorderAt } from '../faults/recorder.ts'
import { Readers } from './load/open.ts'
import { report } from './report.ts'

/** Three times as many readers as there is room for, while others buy. */
const { values } = parseArgs({
  options: {
    topology: { type: 'string', default: 'solo' },
    seconds: { type: 'string', default: '20' },
    times: { type: 'string', default: '3' },
    /** Purchases begun a second. */
    buying: { type: 'string', default: '1' },
  },
})
const [seconds, times, buying] = [
  Number(values.seconds),
  Number(values.times),
  Number(values.buying),
]
const topology = values.topology as Topology
const place = await placeFor(topology, `overload-${process.pid}`)
await using provider = await openProvider(place.ports.GATEWAY_PORT ?? '')
await using shop = await openVictims(place, { products: 1_000, env: provider.env })
await shop.untilReady(300_000)
const known = await knownOf(shop, demoPassword)
await using readers = new Readers(shop.url, pageAt)
await readers.byHands(8, 5)

const { result: peak } = await whileBuying(() => readers.byHands(32, seconds / 2))
const { result: easy } = await whileBuying(() => readers.atRate(peak.perSecond * 0.7, seconds / 2))
const over = await whileBuying(() => readers.atRate(peak.perSecond * times, seconds))
await setTimeout(2_000)
const after = await readers.atRate(peak.perSecond * 0.7, 5)

const judged = {
  goodput: Math.round((100 * over.result.perSecond) / peak.perSecond) / 100,
  acceptedP99: Math.round((100 * over.result.accepted.p99) / easy.accepted.p99) / 100,
  refusedP99Ms: over.result.refused.p99,
  bought: over.bought,
}
report(`overload-${topology}`, {
  ...{ topology, seconds, times, judged },
  ...{ peak, at70: easy, overloaded: over.result, afterwards: after },
})
const holds =
  judged.goodput >= 0.9 &&
  judged.acceptedP99 <= 2 &&
  judged.refusedP99Ms <= 10 &&
  judged.bought.paid >= 0.99 * judged.bought.begun
process.exitCode = holds ? 0 : 1

/** A page of a department that nobody asked for yet, so that nothing of it is kept. */
function pageAt(turn: number) {
  const query = `query Page($least: MinorUnits!) {
    products(first: 12, filter: { minPrice: $least }) {
      nodes { id name slug priceFrom { formatted } variants { sku available } }
    }
  }`
  const address = `100.${64 + ((turn >> 16) & 63)}.${(turn >> 8) & 255}.${turn & 255}`
  return { body: JSON.stringify({ query, variables: { least: turn } }), address }
}

async function whileBuying<T>(act: () => Promise<T>) {
  const recorder = recorderAt(shop.url)
  const bought = { begun: 0, paid: 0 }
  let isOver = false
  const selling = (async () => {
    const under: Promise<void>[] = []
    while (!isOver) {
      under.push(buyOnce())
      await setTimeout(1_000 / buying)
    }
    await Promise.all(under)
  })()
  const result = await act()
  isOver = true
  await selling
  return { result, bought }

  /** As a guest of their own; who is told to come again does so, by the same key. */
  async function buyOnce() {
    bought.begun += 1
    const turn = bought.begun
    const client = clientOf({
      ...{ recorder, name: `guest ${turn}`, address: `198.51.100.${turn % 250}` },
      isOver: () => false,
    })
    const wish = { card: 'pm_card_visa', voucherCodes: [] }
    const placed = await purchase({ client, known, random: randomFrom(turn) }, wish)
    if (placed?.reply?.data?.checkout?.order) bought.paid += 1
  }
}
