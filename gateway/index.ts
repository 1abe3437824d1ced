import { adminServer } from '@shop/kit/admin'
import { localCache } from '@shop/kit/cache'
import { redisCache } from '@shop/kit/cache-redis'
import { systemClock as clock } from '@shop/kit/clock'
import { endInTime } from '@shop/kit/closing'
import { folderFiles } from '@shop/kit/files'
import { localLimits } from '@shop/kit/limits'
import { redisLimits } from '@shop/kit/limits-redis'
import { listening, toldToEnd } from '@shop/kit/listening'
import { localLive } from '@shop/kit/live'
import { redisLive } from '@shop/kit/live-redis'
import { logFrom } from '@shop/kit/log'
import { pointsFrom } from '@shop/kit/points'
import { openShared } from '@shop/kit/redis'
import { localOnce, sharedOnce } from '@shop/kit/remember-once'
import { telemetryFrom } from '@shop/kit/telemetry'
import { addressVariable } from './config.ts'
import { asksListener } from './shop/asks-listener.ts'
import { configFrom } from './shop/config.ts'
import { signedLink } from './shop/links.ts'
import { openGateway } from './shop/open.ts'

const config = configFrom(process.env)
const { host, port, adminPort, asksPort, isDevelopment, keys, redis } = config
pointsFrom(process.env)
await using closing = new AsyncDisposableStack()
const log = logFrom(process.env).with({ subgraph: 'gateway' })
const telemetry = closing.use(await telemetryFrom(process.env, 'gateway'))
const shared = redis ? closing.use(await openShared(redis, log)) : undefined
const once = shared ? sharedOnce(shared, clock) : localOnce(clock)
const live = closing.use(shared && redis ? redisLive({ url: redis, shared, log }) : localLive())
let isEnding = false

const gateway = closing.use(
  await openGateway({
    host,
    port,
    isDevelopment,
    keys,
    log,
    telemetry,
    cache: shared ? redisCache({ shared, name: 'gateway' }) : localCache(clock),
    live,
    files: await folderFiles(config.filesFolder, clock),
    lists: config.lists,
    limits: shared ? redisLimits({ shared, clock, keys }) : localLimits(clock),
    link: (name, url) => signedLink({ name, url: process.env[addressVariable(name)] ?? url, keys }),
    isReady: () => !isEnding,
    hosts: config.hosts,
    origins: config.origins,
    proxies: config.proxies,
    people: config.people,
    supergraphFile: config.supergraphFile,
    drainMs: isDevelopment ? 0 : 1_000,
  }),
)
const asks = asksListener({ asks: gateway.asks, keys, once })
closing.use(await listening(asks, { host, port: asksPort }))
const admin = adminServer({ ready: async () => !isEnding, telemetry })
closing.use(await listening(admin, { host, port: adminPort }))
log.info(`gateway listens on ${gateway.url}`)
await toldToEnd()
endInTime((line) => log.warn(line))
isEnding = true
// Before those that it asks, and that ask it on its requests' behalf.
await gateway[Symbol.asyncDispose]()
