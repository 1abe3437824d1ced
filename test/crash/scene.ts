import path from 'node:path'
import { demoPassword } from '../../deploy/solo/demo.ts'
import type { Findings } from '../checker/check.ts'
import { type Recorder, recorderAt } from '../faults/recorder.ts'
import type { Known } from './acts.ts'
import { type Crew, crewAt, knownOf } from './crew.ts'
import { lookedAt } from './look.ts'
import { openProvider, type Provider } from './provider.ts'
import { settled } from './settle.ts'
import {
  openVictims,
  type Place,
  type Ports,
  placeFor,
  type Topology,
  type Victims,
} from './shop.ts'
import { layOutVoucher } from './vouchers.ts'

type Env = Readonly<Record<string, string>>

interface Wanted {
  readonly topology: Topology
  /** Of the folder that all of it lies in. */
  readonly name: string
  readonly products: number
  /** What more the shop is told, once it is known where it will listen. */
  readonly env?: (place: Place, provider: Env) => Env | Promise<Env>
  /** Where Stripe's webhooks are sent, when not to the gateway itself. */
  readonly webhooksPort?: number
  /** Of Node, for every process. */
  readonly flags?: readonly string[]
}

interface Working {
  /** Another recorder that knows the scene's own. */
  readonly asking?: Recorder
  /** Nobody but shoppers is at work. */
  readonly isFew?: boolean | undefined
}

/** A whole shop, its providers, and all that its clients were told: where a campaign takes place. */
export interface Scene extends AsyncDisposable {
  readonly shop: Victims & { keep(): void }
  readonly ports: Ports
  readonly provider: Provider
  readonly recorder: Recorder
  readonly known: Known
  crew(seed: number, how?: Working): Crew
  /** Once nobody is at work: how long it took to settle, and what is wrong then. */
  quiet(): Promise<{ readonly seconds: number; readonly findings: Findings }>
}

export async function openScene(wanted: Wanted): Promise<Scene> {
  const { topology, name, products, env, flags = [], webhooksPort } = wanted
  await using opening = new AsyncDisposableStack()
  const place = await placeFor(topology, name)
  const provider = opening.use(await openProvider(String(webhooksPort ?? place.ports.GATEWAY_PORT)))
  const told = { ...provider.env, ...(await env?.(place, provider.env)) }
  const shop = opening.use(await openVictims(place, { products, flags, env: told }))
  await shop.untilReady(300_000)
  const since = new Date()
  const known = await knownOf(shop, demoPassword)
  const recorder = recorderAt(shop.url, path.join(shop.folder, 'calls.jsonl'))
  await layOutVoucher(recorder, known, 40)
  const opened = opening.move()
  return {
    ...{ shop, ports: place.ports, provider, recorder, known },
    crew: (seed, { asking = recorder, isFew } = {}) =>
      crewAt({ recorder: asking, known, seed, isFew }),
    async quiet() {
      const seconds = await settled(shop)
      return { seconds, findings: await lookedAt(shop, { recorder, since, provider }) }
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}
