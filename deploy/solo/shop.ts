import { createServer, type Server } from 'node:http'
import path from 'node:path'
import { namesIn, operationsFolder } from '@shop/gateway/shop/config'
import { nearLink } from '@shop/gateway/shop/links'
import { openGateway, type ShopGateway } from '@shop/gateway/shop/open'
import { adminServer } from '@shop/kit/admin'
import { routes } from '@shop/kit/alone'
import { type AskedOperation, askThrough } from '@shop/kit/ask'
import { localCache } from '@shop/kit/cache'
import { systemClock as clock } from '@shop/kit/clock'
import { closedAtOnce } from '@shop/kit/closing'
import { folderFiles } from '@shop/kit/files'
import { localLimits } from '@shop/kit/limits'
import { localLink, type SubgraphLink } from '@shop/kit/link'
import { listening } from '@shop/kit/listening'
import { localLive } from '@shop/kit/live'
import { logFrom } from '@shop/kit/log'
import { queuesOn } from '@shop/kit/queues'
import { worked } from '@shop/kit/serve'
import type { Standing } from '@shop/kit/standing'
import type { Subgraph } from '@shop/kit/subgraph'
import { telemetryFrom } from '@shop/kit/telemetry'
import { hold } from '@shop/state/hold'
import { type HeldPorts, portsFor, type WantedPort } from '@shop/state/port'
import { tellFirstAdmin } from './admin.ts'
import { fillDemo } from './demo.ts'
import type { Options } from './options.ts'
import { type Outside, openOutside } from './outside.ts'
import { demoPeople } from './people.ts'
import { openFiles } from './pictures.ts'
import { openStorage, type Storage, step } from './storage.ts'
import { stripePastOf } from './stripe.ts'
import { openings } from './subgraphs.ts'

export interface Shop extends AsyncDisposable {
  readonly url: string
  /** A subgraph, as the gateway or another of the shop's own services reaches it. */
  reach(subgraph: string): SubgraphLink
  /** Of each subgraph's database, as its configuration reads it: `ACCOUNTS_DATABASE_URL`. */
  readonly addresses: Readonly<Record<string, string>>
  /** At the first start of an empty shop. */
  readonly adminPassword: string | null
  /** Where things are, for a person. */
  readonly places: readonly (readonly [what: string, where: string])[]
}

/** The whole shop in this process: PostgreSQL beside it, every subgraph, the gateway, the files. */
export async function openShop(options: Options): Promise<Shop> {
  await using opening = new AsyncDisposableStack()
  opening.use(await hold(options.state))
  const held = opening.use(await portsFor(usualPorts, options.env, step))
  const ports = held.of
  const storage = opening.use(await openStorage(options))
  const telemetry = opening.use(await telemetryFrom(options.env, 'shop'))
  const { keys, addresses } = storage
  await held.letGo('stripe', 'smtp', 'mail')
  const outside = opening.use(await openOutside({ options, keys, ports }))
  const late: { gateway?: ShopGateway } = {}
  const standing = standingOn({ options, storage, opening, late })

  const subgraphs = new Map<string, Subgraph>()
  const folder = path.join(options.state, 'files')
  const files = { FILES_URL: `http://127.0.0.1:${ports.files}`, FILES_FOLDER: folder }
  const env = { ...options.env, ...addresses, ...outside.all, ...files }
  await fillDemo({ ...options, ...storage, stripePast: stripePastOf({ options }) }, standing)
  const adminPassword = await tellFirstAdmin(addresses, standing)
  for (const { name, open } of openings) {
    const own = { ...standing, log: standing.log.with({ subgraph: name }) }
    subgraphs.set(name, opening.use(await open(env, own)))
  }

  const { log } = standing
  const { handler } = opening.use(await openFiles({ folder, keys, clock, log }))
  opening.use(await listeningAt(held, 'files', createServer(handler)))

  const gateway = await openGateway({
    ...at(ports.gateway),
    // Its planners take seconds to open.
    letGo: () => held.letGo('gateway'),
    ...doorOf(options),
    ...standing,
    telemetry,
    files: await folderFiles(folder, clock),
    cache: localCache(clock),
    link: (service) => nearLink(service, localLink({ ...named(subgraphs, service), log })),
    isReady: () => true,
  })
  late.gateway = gateway
  opening.use(await atWork(gateway, subgraphs.values(), { queues: standing.queues, telemetry }))
  const admin = adminServer({ ready: async () => true, telemetry })
  opening.use(await listeningAt(held, 'admin', admin))
  const opened = opening.move()
  return {
    url: gateway.url,
    addresses,
    adminPassword,
    reach: (name) => localLink({ ...named(subgraphs, name), log }),
    places: placesOf({ ports, storage, outside }),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

/** What the environment says of the gateway, as it would to one in a process of its own. */
const doorOf = (options: Options) => ({
  isDevelopment: options.isDevelopment,
  people: demoPeople(options),
  hosts: namesIn(options.env.ALLOWED_HOSTS),
  origins: namesIn(options.env.ALLOWED_ORIGINS),
  proxies: options.proxies,
  lists: options.env.GATEWAY_OPERATIONS_FOLDER ?? operationsFolder,
  drainMs: options.isDevelopment ? 0 : 1_000,
})

/** The port is let go just before its own listener takes it: between the two somebody else could. */
async function listeningAt(
  held: HeldPorts<keyof typeof usualPorts>,
  name: 'files' | 'admin',
  server: Server,
): Promise<AsyncDisposable> {
  await held.letGo(name)
  return listening(server, at(held.of[name]))
}

/** The door, and all that is worked behind it: closed together, since each finishes what it took. */
async function atWork(
  gateway: ShopGateway,
  subgraphs: Iterable<Subgraph>,
  needs: Parameters<typeof worked>[1],
): Promise<AsyncDisposable> {
  const working: AsyncDisposable[] = [gateway]
  await using starting = new AsyncDisposableStack()
  starting.defer(() => closedAtOnce(working))
  for (const subgraph of subgraphs) working.push(await worked(subgraph, needs))
  return starting.move()
}

const at = (port: number) => ({ host: '127.0.0.1', port })

const usualPorts = {
  gateway: ['GATEWAY_PORT', 4000],
  files: ['FILES_PORT', 4001],
  admin: ['GATEWAY_ADMIN_PORT', 4009],
  stripe: ['STRIPE_DOUBLE_PORT', 4242],
  smtp: ['SMTP_DOUBLE_PORT', 1025],
  mail: ['MAIL_DOUBLE_PORT', 8025],
} as const satisfies Record<string, WantedPort>

interface StandingNeeds {
  options: Options
  storage: Storage
  opening: AsyncDisposableStack
  late: { gateway?: ShopGateway }
}

function standingOn({ options, storage, opening, late }: StandingNeeds): Standing {
  const log = logFrom({ LOG_LEVEL: 'warn', ...options.env })
  const store = { postgres: storage.queueOf('shop'), schema: 'shop' }
  const live = opening.use(localLive())
  const queues = opening.use(queuesOn({ store, routes: routes(), log, live }))
  const router = async (asked: AskedOperation) => {
    if (!late.gateway) throw new Error('The shop is still opening.')
    return late.gateway.asks.known(asked)
  }
  return {
    clock,
    keys: storage.keys,
    log,
    queues,
    live,
    limits: localLimits(clock),
    ask: askThrough(router),
    [Symbol.asyncDispose]: async () => {},
  }
}

function named(subgraphs: ReadonlyMap<string, Subgraph>, name: string): Subgraph {
  const subgraph = subgraphs.get(name)
  if (!subgraph) throw new Error(`This process has no subgraph ${name}.`)
  return subgraph
}

interface Placed {
  ports: Record<keyof typeof usualPorts, number>
  storage: Storage
  outside: Outside
}

function placesOf({ ports, storage, outside }: Placed): Shop['places'] {
  const here = (which: number, rest = '') => `http://127.0.0.1:${which}${rest}`
  return [
    ['GraphQL', here(ports.gateway, '/graphql')],
    ['Playground', here(ports.gateway, '/playground')],
    ['Images', here(ports.files, '/')],
    ['Health and metrics', `${here(ports.admin, '/health')} and /metrics`],
    ['PostgreSQL', `127.0.0.1:${storage.port}, databases ecommerce, ecommerce_ai, queue`],
    ...outside.places,
  ]
}
