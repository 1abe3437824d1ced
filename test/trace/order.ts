import { randomBytes } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { randomFrom } from '@shop/kit/learn/random'
import { demoPassword } from '../../deploy/solo/demo.ts'
import { readyToPay } from '../crash/buying.ts'
import { clientOf } from '../crash/client.ts'
import { knownOf } from '../crash/crew.ts'
import { openProvider } from '../crash/provider.ts'
import { settled } from '../crash/settle.ts'
import { openVictims, placeFor, type Topology } from '../crash/shop.ts'
import { recorderAt } from '../faults/recorder.ts'
import { openCollector, type Span } from './collector.ts'

/** All that is recorded of one order, under the trace that its client began. */
export async function tracedOrder(topology: Topology): Promise<readonly Span[]> {
  await using collector = await openCollector()
  const place = await placeFor(topology, `trace-${process.pid}`)
  await using provider = await openProvider(place.ports.GATEWAY_PORT ?? '')
  const env = { ...provider.env, OTEL_EXPORTER_OTLP_ENDPOINT: collector.url }
  await using shop = await openVictims(place, { products: 40, env })
  await shop.untilReady()
  const known = await knownOf(shop, demoPassword)
  const recorder = recorderAt(shop.url)
  const wish = { card: 'pm_card_visa', voucherCodes: [] }
  // What one shopper wants may be sold out, and a shop that has just opened may be slow: another comes.
  const shopper = async (number: number) => {
    const who = { name: `shopper ${number}`, address: `198.51.100.${number}`, isOver: () => false }
    const client = clientOf({ recorder, ...who })
    const call = await readyToPay({ client, known, random: randomFrom(number) }, wish)
    return call && { client, call }
  }
  let ready = await shopper(1)
  for (let number = 2; !ready && number <= 20; number += 1) ready = await shopper(number)
  if (!ready) throw new Error('There is nothing to pay for.')
  const { client, call } = ready

  const traceId = randomBytes(16).toString('hex')
  const traceparent = `00-${traceId}-${randomBytes(8).toString('hex')}-01`
  await client.ask({ ...call, headers: { traceparent } })
  await settled(shop)
  const spans = () => collector.spans.filter((span) => span.traceId === traceId)
  // Exported in batches, every five seconds.
  for (let waited = 0; waited < 30_000; waited += 100) {
    if (spans().some(({ name }) => name === 'mail')) break
    await setTimeout(100)
  }
  await setTimeout(6000)
  return spans()
}
