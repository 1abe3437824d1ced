import { randomBytes } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { randomFrom } from '@shop/kit/learn/random'
import { demoPassword } from '../../deploy/solo/demo.ts'
import type { Known } from '../crash/acts.ts'
import { readyToPay } from '../crash/buying.ts'
import { clientOf } from '../crash/client.ts'
import { knownOf } from '../crash/crew.ts'
import { openProvider, type Provider } from '../crash/provider.ts'
import { settled } from '../crash/settle.ts'
import { openVictims, type Ports, placeFor, type Topology, type Victims } from '../crash/shop.ts'
import { type Recorder, recorderAt } from '../faults/recorder.ts'
import { type Collector, openCollector, type Span } from './collector.ts'

/** A whole shop whose every process tells its spans. */
export interface Traced extends AsyncDisposable {
  readonly shop: Victims
  readonly ports: Ports
  readonly provider: Provider
  readonly collector: Collector
  readonly recorder: Recorder
  readonly known: Known
}

export async function openTraced(topology: Topology): Promise<Traced> {
  await using opening = new AsyncDisposableStack()
  const collector = opening.use(await openCollector())
  const place = await placeFor(topology, `trace-${process.pid}`)
  const provider = opening.use(await openProvider(place.ports.GATEWAY_PORT ?? ''))
  const env = { ...provider.env, OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, LOG_LEVEL: 'debug' }
  const shop = opening.use(await openVictims(place, { products: 40, env }))
  await shop.untilReady(300_000)
  const known = await knownOf(shop, demoPassword)
  const recorder = recorderAt(shop.url)
  const opened = opening.move()
  return {
    ...{ shop, ports: place.ports, provider, collector, recorder, known },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

/** All that is recorded of one order, under the trace that its client began. */
export async function tracedOrder(traced: Traced): Promise<readonly Span[]> {
  const { client, call } = await readyShopper(traced)
  const traceId = randomBytes(16).toString('hex')
  const traceparent = `00-${traceId}-${randomBytes(8).toString('hex')}-01`
  await client.ask({ ...call, headers: { traceparent } })
  await settled(traced.shop)
  const spans = () => traced.collector.spans.filter((span) => span.traceId === traceId)
  // Exported in batches, every five seconds.
  for (let waited = 0; waited < 30_000; waited += 100) {
    if (spans().some(({ name }) => name === 'mail')) break
    await setTimeout(100)
  }
  await setTimeout(6000)
  return spans()
}

/** What one shopper wants may be sold out, and a shop that has just opened may be slow: another comes. */
async function readyShopper({ recorder, known }: Traced) {
  const wish = { card: 'pm_card_visa', voucherCodes: [] }
  for (let number = 1; number <= 20; number += 1) {
    const who = { name: `shopper ${number}`, address: `198.51.100.${number}`, isOver: () => false }
    const client = clientOf({ recorder, ...who })
    const call = await readyToPay({ client, known, random: randomFrom(number) }, wish)
    if (call) return { client, call }
  }
  throw new Error('There is nothing to pay for.')
}
