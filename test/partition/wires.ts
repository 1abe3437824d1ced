import { keysFrom } from '@shop/kit/keys'
import { freePort } from '@shop/state/port'
import { addressesAt } from '../../deploy/solo/storage.ts'
import { openings } from '../../deploy/solo/subgraphs.ts'
import { type Place, postmasterPort, secret } from '../crash/shop.ts'
import { type Shape, type Shaper, shaperTo } from '../faults/shaper.ts'

type Env = Readonly<Record<string, string>>

/** Every connection between two parts of the shop, and to Stripe, with something between that can cut it. */
export interface Wires extends AsyncDisposable {
  readonly names: readonly string[]
  /** Where Stripe's double sends what it has to tell. */
  readonly webhooksPort: number
  /** Leads each to where the shop will listen; what the shop is told, so that it takes these ways. */
  lead(place: Place, provider: Env): Promise<Env>
  shape(name: string, shape: Shape): void
  heal(): void
}

const subgraphs = openings.map(({ name }) => name)

/** Orders asks payments through the gateway: both halves of that way are wires of their own. */
const others = ['gateway-orders', 'gateway-payments', 'subgraphs-gateway', 'payments-stripe']

const names = [
  ...others,
  'stripe-gateway',
  ...subgraphs.map((name) => `${name}-postgres`),
  ...[...subgraphs, 'gateway'].map((name) => `${name}-redis`),
]

export async function openWires(seed: number): Promise<Wires> {
  await using opening = new AsyncDisposableStack()
  let leads: (name: string) => number = () => 0
  const shapers = new Map<string, Shaper>()
  for (const name of names) {
    shapers.set(name, opening.use(await shaperTo(() => ({ port: leads(name) }), seed)))
  }
  const portOf = (name: string) => shapers.get(name)?.port ?? 0
  const opened = opening.move()
  return {
    names,
    webhooksPort: portOf('stripe-gateway'),
    async lead(place, provider) {
      const redis = await freePort(26_390 + (process.pid % 1000))
      leads = leadsOf({ place, provider, redis })
      return { REDIS_PORT: String(redis), ...toldOf(portOf) }
    },
    shape: (name, shape) => shapers.get(name)?.shape(shape),
    heal() {
      for (const shaper of shapers.values()) shaper.heal()
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

interface Leading {
  readonly place: Place
  readonly provider: Env
  readonly redis: number
}

const leadsOf = ({ place: { ports, folder }, provider, redis }: Leading) => {
  const ends: Record<string, number> = {
    'gateway-orders': Number(ports.ORDERS_PORT),
    'gateway-payments': Number(ports.PAYMENTS_PORT),
    'subgraphs-gateway': Number(ports.GATEWAY_ASKS_PORT),
    'payments-stripe': Number(new URL(provider.STRIPE_API_URL ?? '').port),
    'stripe-gateway': Number(ports.GATEWAY_PORT),
  }
  // PostgreSQL may be on another port when it was started again.
  return (name: string) => ends[name] ?? (name.endsWith('-redis') ? redis : postmasterPort(folder))
}

function toldOf(portOf: (name: string) => number): Env {
  const at = (name: string, rest = '') => `http://127.0.0.1:${portOf(name)}${rest}`
  const databases = subgraphs.map((name) => {
    const variable = `${name.toUpperCase()}_DATABASE_URL`
    const url = new URL(`postgres://127.0.0.1:${portOf(`${name}-postgres`)}`)
    return [variable, addressesAt(url, keysFrom(secret))[variable] ?? '']
  })
  const stores = [...subgraphs, 'gateway'].map((name) => [
    `${name.toUpperCase()}_REDIS_URL`,
    `redis://127.0.0.1:${portOf(`${name}-redis`)}`,
  ])
  return {
    SUBGRAPH_ORDERS_URL: at('gateway-orders', '/graphql'),
    SUBGRAPH_PAYMENTS_URL: at('gateway-payments', '/graphql'),
    GATEWAY_ASKS_URL: at('subgraphs-gateway', '/graphql'),
    STRIPE_API_URL: at('payments-stripe'),
    ...Object.fromEntries([...databases, ...stores]),
  }
}
