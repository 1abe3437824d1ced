import { z } from 'zod'
import { isNoProxy, isProxy } from './edge/client-address.ts'

const count = (otherwise: number) => z.int().min(1).default(otherwise)
const megabyte = 2 ** 20

const subgraph = z.strictObject({
  url: z.url().optional(),
  /** Where it is more than once. */
  urls: z.array(z.url()).min(1).optional(),
  timeoutMs: z.int().min(1).optional(),
})

/** What is believed of where a client is. */
export const proxyList = z.array(
  z.string().refine(isProxy, { error: ({ input }) => `"${input}" ${isNoProxy}` }),
)

/** Everything a router can be told; all of it may be left out. */
const shape = z.strictObject({
  host: z.string().default('127.0.0.1'),
  port: z.int().min(0).max(65_535).default(4000),
  path: z.string().startsWith('/').default('/graphql'),
  /** Clients are told more of what went wrong than strangers should be. */
  development: z.boolean().default(false),
  /** Of other hosts, whose pages may ask with the shopper's cookies. */
  origins: z.array(z.string()).default([]),
  /** The names this server goes by; any, when there is none. */
  hosts: z.array(z.string()).default([]),
  /** Addresses, or ranges of them, of what stands in front and writes `X-Forwarded-For`. */
  proxies: proxyList.default([]),
  /** How long a client may take to send the head of a request, and the whole of it. */
  slow: z.strictObject({ headMs: count(10_000), wholeMs: count(30_000) }).prefault({}),
  introspection: z.boolean().default(true),
  /** By name: where it is, when not where the supergraph says, and how long it may take. */
  subgraphs: z.record(z.string(), subgraph).default({}),
  requestMs: count(60_000),
  /** How long clients are told to go elsewhere before a router that closes stops listening. */
  drainMs: z.int().min(0).default(0),
  bodyBytes: count(megabyte),
  fetch: z
    .strictObject({
      timeoutMs: count(30_000),
      connections: count(64),
      answerBytes: count(32 * megabyte),
    })
    .prefault({}),
  traffic: z
    .strictObject({
      retryShare: z.number().min(0).max(1).default(0.1),
      merge: z.boolean().default(true),
      breaker: z
        .strictObject({
          windowMs: count(10_000),
          least: count(10),
          share: z.number().gt(0).max(1).default(0.5),
          slowMs: count(1_500),
          restMs: count(5_000),
        })
        .prefault({}),
    })
    .prefault({}),
  limits: z
    .strictObject({
      tokens: count(15_000),
      directives: count(500),
      nesting: count(200),
      depth: count(50),
      operations: count(50),
      rootFields: count(200),
      aliases: count(500),
      fields: count(20_000),
      pairs: count(50_000),
    })
    .prefault({}),
  subscriptions: z
    .strictObject({
      /** Of all clients together. */
      streams: count(50_000),
      /** Events of one that wait for their answer. */
      waiting: count(1_000),
      /** What a client has not read yet; one that is further behind is let go. */
      unreadBytes: count(megabyte),
      /** Operations at once on one WebSocket. */
      ofConnection: count(100),
      /** For the first message on one. */
      initMs: count(10_000),
    })
    .prefault({}),
  cost: z
    .strictObject({
      /** Of one operation, by the federation's cost specification. */
      most: count(1_000_000),
      /** Of a list that nothing is said of. */
      listSize: count(10),
    })
    .prefault({}),
  documents: z.strictObject({ cacheBytes: count(32 * megabyte) }).prefault({}),
  plans: z
    .strictObject({
      engine: z.enum(['hive', 'apollo']).optional(),
      processes: count(2),
      deadlineMs: count(2_000),
      memoryBytes: count(512 * megabyte),
      queued: count(1_000),
      cacheBytes: count(128 * megabyte),
      mostFields: count(50_000),
      refusedForMs: count(60_000),
      /** Labels of `@override` that are on. */
      labels: z.array(z.string()).default([]),
    })
    .prefault({}),
})

export type Config = z.infer<typeof shape>
export type ConfigInput = z.input<typeof shape>

/** Throws with every fault told at once. */
export const configOf = (given: ConfigInput): Config => {
  const { success, data, error } = shape.safeParse(given)
  if (!success) throw new Error(`The router's configuration is wrong.\n${z.prettifyError(error)}`)
  return data
}

/** `SUBGRAPH_<NAME>_URL`, in capitals and with `_` for what no variable's name can have. */
export const addressVariable = (subgraph: string) =>
  `SUBGRAPH_${subgraph.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}_URL`
