import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import { askThrough } from './ask.ts'
import { systemClock } from './clock.ts'
import { configReader, type Environment } from './config.ts'
import { keysFrom, keysGiven } from './keys.ts'
import { localLimits } from './limits.ts'
import { redisLimits } from './limits-redis.ts'
import type { Address } from './listening.ts'
import { localLive } from './live.ts'
import { redisLive } from './live-redis.ts'
import { logFrom } from './log.ts'
import { pointsFrom } from './points.ts'
import { queuesOn } from './queues.ts'
import { openShared } from './redis.ts'
import type { Routes } from './relay.ts'
import { localOnce, type RememberOnce, sharedOnce } from './remember-once.ts'
import { remoteRouter } from './remote-router.ts'
import type { Standing } from './standing.ts'
import { type Telemetry, telemetryFrom } from './telemetry.ts'

/** What a subgraph that has a process to itself stands on. */
export interface Alone extends Standing {
  readonly telemetry: Telemetry
  /** Nonces of signed calls. */
  readonly once: RememberOnce
  addressOf(name: string): Address
}

const settings = configReader(
  z.object({
    SHOPGRAPH_SECRET: z.string().min(32).optional(),
    SHOPGRAPH_KEYS: z.string().transform(jsonOf).optional(),
    QUEUE_DATABASE_URL: z.url().optional(),
    QUEUE_SCHEMA: z.string().default('shop'),
    REDIS_URL: z.url().optional(),
    GATEWAY_ASKS_URL: z.url().default('http://127.0.0.1:4010/graphql'),
    LISTEN_HOST: z.string().default('127.0.0.1'),
  }),
)

/** Of a process with one subgraph, from its environment. */
export async function standingFrom(env: Environment, name: string): Promise<Alone> {
  const config = settings(env)
  pointsFrom(env)
  await using opening = new AsyncDisposableStack()
  const { SHOPGRAPH_SECRET: secret = '', SHOPGRAPH_KEYS: given, REDIS_URL: redis } = config
  const log = logFrom(env).with({ subgraph: name })
  const keys = given ? keysGiven(given) : keysFrom(secret)
  const telemetry = opening.use(await telemetryFrom(env, name))
  const postgres = config.QUEUE_DATABASE_URL ?? ''
  const store = redis ? { redis, prefix: 'shop' } : { postgres, schema: config.QUEUE_SCHEMA }
  const shared = redis ? opening.use(await openShared(redis, log)) : undefined
  const live = shared && redis ? redisLive({ url: redis, shared, log }) : localLive()
  opening.use(live)
  const queues = opening.use(queuesOn({ store, routes: routes(), log, live }))
  const router = opening.use(remoteRouter(config.GATEWAY_ASKS_URL, keys))
  const opened = opening.move()
  return {
    clock: systemClock,
    keys,
    log,
    queues,
    live,
    telemetry,
    ask: askThrough(router.ask),
    once: shared ? sharedOnce(shared, systemClock) : localOnce(systemClock),
    limits: shared ? redisLimits({ shared, clock: systemClock, keys }) : localLimits(systemClock),
    addressOf: (subgraph) => ({
      host: config.LISTEN_HOST,
      port: Number(env[`${subgraph.toUpperCase()}_PORT`] ?? listedPort(subgraph)),
    }),
    async [Symbol.asyncDispose]() {
      await opened.disposeAsync()
      log.info('closed')
    },
  }
}

const root = new URL('../../', import.meta.url)

/** Who listens to what, as `compose` wrote it. */
export const routes = (): Routes =>
  JSON.parse(readFileSync(new URL('gateway/events.generated.json', root), 'utf8')) as Routes

function listedPort(name: string): string {
  const { subgraphs } = parse(readFileSync(new URL('supergraph.yaml', root), 'utf8'))
  return new URL(subgraphs[name].routing_url).port
}

function jsonOf(text: string): Record<string, string> {
  return z.record(z.string(), z.string()).parse(JSON.parse(text))
}
