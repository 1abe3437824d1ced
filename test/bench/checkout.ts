import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { randomFrom } from '@shop/kit/learn/random'
import { stateFolder } from '@shop/state/folder'
import { demoPassword } from '../../deploy/solo/demo.ts'
import { purchase } from '../crash/buying.ts'
import { clientOf } from '../crash/client.ts'
import { knownOf } from '../crash/crew.ts'
import { openProvider } from '../crash/provider.ts'
import { openVictims, placeFor, type Topology, type Victims } from '../crash/shop.ts'
import { descendantsOf } from '../faults/processes.ts'
import { recorderAt } from '../faults/recorder.ts'
import { writePage } from './page.ts'
import { forAWhile, report, timesOf } from './report.ts'

/** Whole purchases a second through the gateway: cart, quote, checkout to the captured payment, all listeners on. */
const { values } = parseArgs({
  options: {
    topology: { type: 'string', default: 'solo' },
    seconds: { type: 'string', default: '20' },
    hands: { type: 'string', default: '8' },
  },
})
const topology = values.topology as Topology
const [seconds, hands] = [Number(values.seconds), Number(values.hands)]

const place = await placeFor(topology, `bench-${process.pid}`)
await using provider = await openProvider(place.ports.GATEWAY_PORT ?? '')
await using shop = await openVictims(place, {
  products: 200,
  env: { ...provider.env, SHOP_POINTS_FILE: '' },
})
await shop.untilReady(300_000)
const known = await knownOf(shop, demoPassword)
const recorder = recorderAt(shop.url)
await forAWhile(3, hands, buyOnce)
const { length: warmed } = recorder.calls
const before = cpuOf(shop)
const { perSecond, times } = await forAWhile(seconds, hands, buyOnce)
const after = cpuOf(shop)

const placed = recorder.calls.slice(warmed).filter(({ name }) => name === 'CheckOut')
const paid = placed.filter(({ reply }) => reply?.data?.checkout?.order)
const cpuMs = Object.fromEntries(
  Object.entries(after).map(([name, ms]): [string, number] => [
    name,
    Math.round((10 * (ms - (before[name] ?? 0))) / Math.max(1, paid.length)) / 10,
  ]),
)
const checkout = timesOf(paid.map(({ sentAt, doneAt }) => doneAt - sentAt))
const figures = {
  ...{ topology, hands, seconds, perSecond: Math.round((10 * paid.length) / seconds) / 10 },
  ...{ purchasesPerSecond: perSecond, purchase: times, checkout },
  ...{ refused: placed.length - paid.length, cpuMsAPurchase: cpuMs },
}
const name = `checkout-${topology}`
report(name, figures)
writePage(path.join(stateFolder(process.env.SHOP_STATE_DIR), 'bench'), name, {
  figures,
  bars: [
    { title: 'Checkout', unit: 'ms', bars: Object.entries(checkout) },
    { title: 'Whole purchase', unit: 'ms', bars: Object.entries(times) },
    { title: 'Processor time of a purchase', unit: 'ms', bars: Object.entries(cpuMs) },
  ],
})

/** As a guest of their own, from an address of their own. */
async function buyOnce(turn: number): Promise<void> {
  const address = `198.51.${100 + ((turn >> 8) % 100)}.${turn % 256}`
  const client = clientOf({ recorder, name: `guest ${turn}`, address, isOver: () => false })
  await purchase(
    { client, known, random: randomFrom(turn) },
    { card: 'pm_card_visa', voucherCodes: [] },
  )
}

/** Of each part and all that it started, since they began, in milliseconds. */
function cpuOf({ names, pidOf }: Victims): Record<string, number> {
  return Object.fromEntries(
    names().map((name) => {
      const pid = pidOf(name) ?? 0
      // PostgreSQL and Redis are children of the shop in solo, and counted by themselves.
      const below = descendantsOf(pid).filter(
        ({ command }) => !/postgres|redis/.test(command[0] ?? ''),
      )
      const all =
        name === 'postgres'
          ? [pid, ...descendantsOf(pid).map((each) => each.pid)]
          : [pid, ...below.map((each) => each.pid)]
      return [name, all.reduce((sum, each) => sum + ticksOf(each), 0) * 10]
    }),
  )
}

function ticksOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return Number(fields[11]) + Number(fields[12])
  } catch {
    return 0
  }
}
