import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { systemClock } from '@shop/kit/clock'
import { handlerOf } from '@shop/kit/handler'
import type { Identity } from '@shop/kit/identity'
import { keysFrom } from '@shop/kit/keys'
import { localLink } from '@shop/kit/link'
import { listening } from '@shop/kit/listening'
import { type Live, localLive } from '@shop/kit/live'
import { guarded } from '@shop/kit/policy'
import { localOnce } from '@shop/kit/remember-once'
import type { Request } from '@shop/kit/request'
import type { Subgraph } from '@shop/kit/subgraph'
import { silent } from '@shop/kit/testing'
import { parse } from 'graphql'
import type { ConfigInput } from '../config.ts'
import type { SubgraphLink } from '../execute/link.ts'
import { sessionsBy } from '../identity/sessions.ts'
import { identityStep } from '../identity/step.ts'
import { roadWith } from '../road.ts'
import { openRouter, type Router } from '../router.ts'
import { nearLink, signedLink } from '../shop/links.ts'
import { graphOf } from './graph.ts'

const head = `
  extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.9",
      import: ["@authenticated", "@composeDirective", "@key"])
    @link(url: "https://shopgraph.dev/directives/v1.0", import: ["@public"])
    @composeDirective(name: "@public")
  directive @public on OBJECT | FIELD_DEFINITION`

export const parcels = `${head}
  type Query { parcel(id: ID!): Parcel @public }
  type Mutation { move(id: ID!, to: String!): Parcel @public }
  type Subscription {
    moved(id: ID!): Parcel @public
    mine: Parcel @authenticated
  }
  type Parcel @key(fields: "id") @public { id: ID! place: String for: String }`

export const prices = `${head}
  type Query { rate: Int @public }
  type Parcel @key(fields: "id") @public { id: ID! price: Int }`

export const weights = `${head}
  type Query { scales: Int @public }
  type Parcel @key(fields: "id") @public { id: ID! weight: Int }`

export type Topology = 'solo' | 'full'

export interface Parcels extends AsyncDisposable {
  readonly router: Router
  readonly live: Live
  /** Subscriptions of the subgraph that were opened, and those that still are. */
  readonly opened: string[]
  readonly stillOpen: () => number
  /** What a parcel costs now: a number, or a fault. */
  setPrice(price: number | Error): void
  /** How often it was looked up. */
  readonly looked: () => number
  readonly supergraphOf: (parts: Readonly<Record<string, string>>) => string
}

export interface Settings {
  readonly topology?: Topology
  readonly config?: ConfigInput
  readonly link?: (name: string, link: SubgraphLink) => SubgraphLink
}

const keys = keysFrom('a secret of the test')

/** Parcels that move, and what they cost by another subgraph: in this process, or over signed HTTP. */
export async function parcelsWorld(settings: Settings = {}): Promise<Parcels> {
  const { topology = 'solo', config = {}, link: around = (_, link) => link } = settings
  await using opening = new AsyncDisposableStack()
  const shop = subgraphs(opening.use(localLive()))
  const links = new Map<string, () => SubgraphLink>()
  for (const subgraph of shop.all) {
    links.set(
      subgraph.name,
      topology === 'solo' ? near(subgraph) : opening.use(await far(subgraph)).open,
    )
  }
  const supergraphOf = (parts: Readonly<Record<string, string>>) =>
    graphOf(
      Object.fromEntries(
        Object.entries(parts).map(([name, typeDefs]) => [name, { typeDefs }] as const),
      ),
    ).supergraph
  const tokens = async (token: string) => believed(token)
  const sessions = sessionsBy(Buffer.from('a key'))
  const router = opening.use(
    await openRouter({
      supergraph: supergraphOf({ parcels, prices }),
      config: { port: 0, ...config },
      link: (name) => around(name, (links.get(name) as () => SubgraphLink)()),
      steps: roadWith({ arrived: [identityStep({ tokens, sessions, isSecure: false })] }),
      onFault: (fault) => process.stderr.write(`${(fault as Error).stack}\n`),
    }),
  )
  const opened = opening.move()
  return { ...shop, router, supergraphOf, [Symbol.asyncDispose]: () => opened.disposeAsync() }
}

/** `ada` for an hour, `ada.300` for so many milliseconds. */
function believed(token: string): (Identity & { until: number }) | null {
  const [id = '', ms = '3600000'] = token.split('.')
  return { kind: 'user', id, scopes: [], until: Date.now() + Number(ms) }
}

function subgraphs(live: Live) {
  const opened: string[] = []
  let stillOpen = 0
  let looked = 0
  let price: number | Error = 5
  const parcelOf = (id: string, place: string | null, request: Request) => ({
    id,
    place,
    for: request.identity.id || null,
  })
  async function* events(topic: string, request: Request) {
    opened.push(topic)
    stillOpen++
    try {
      const heard = live.subscribe(topic, request.signal ?? new AbortController().signal)
      for await (const each of heard) {
        if (each.kind === 'event') yield parcelOf('p1', String(each.payload), request)
      }
    } finally {
      stillOpen--
    }
  }
  const Subscription = {
    moved: {
      subscribe: (_: unknown, { id }: { id: string }, request: Request) => events(id, request),
      resolve: (event: object) => event,
    },
    mine: {
      subscribe: (_: unknown, __: unknown, request: Request) =>
        events(request.identity.id, request),
      resolve: (event: object) => event,
    },
  }
  const Mutation = {
    move: async (_: unknown, { id, to }: { id: string; to: string }, request: Request) => {
      await live.publish(id, to)
      return parcelOf(id, to, request)
    },
  }
  const look = () => {
    looked++
    if (price instanceof Error) throw price
    return price
  }
  const resolve = { __resolveReference: ({ id }: { id: string }) => ({ id }) }
  const all = [
    subgraphOf('parcels', parcels, {
      Query: { parcel: (_: unknown, { id }: { id: string }, r: Request) => parcelOf(id, null, r) },
      Mutation,
      Subscription,
      Parcel: resolve,
    }),
    subgraphOf('prices', prices, { Parcel: { ...resolve, price: look } }),
    subgraphOf('weights', weights, { Parcel: { ...resolve, weight: () => 7 } }),
  ]
  return {
    all,
    live,
    opened,
    stillOpen: () => stillOpen,
    looked: () => looked,
    setPrice: (next: number | Error) => {
      price = next
    },
  }
}

type Answering = Pick<Subgraph, 'name' | 'schema' | 'context'>

function subgraphOf(name: string, sdl: string, resolvers: object): Answering {
  const typeDefs = parse(sdl)
  const module = { typeDefs, resolvers: resolvers as never }
  return { name, schema: guarded(buildSubgraphSchema([module]), typeDefs), context: (it) => it }
}

const near = (subgraph: Answering) => () =>
  nearLink(subgraph.name, localLink({ ...subgraph, log: silent([]) }))

/** Behind a port of its own, as the process of a subgraph serves it. */
async function far(subgraph: Answering) {
  const once = localOnce(systemClock)
  const standing = { keys, once, log: silent([]), telemetry: { served() {} } }
  const server = createServer(await handlerOf(subgraph as Subgraph, standing as never))
  const listens = await listening(server, { host: '127.0.0.1', port: 0 })
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}/graphql`
  return {
    open: () => signedLink({ name: subgraph.name, url, keys }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await listens[Symbol.asyncDispose]()
    },
  }
}
