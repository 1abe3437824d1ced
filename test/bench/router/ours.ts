import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { entityKeeper } from '@shop/gateway/cache/entities'
import { RecentPurges } from '@shop/gateway/cache/recent-purges'
import { cacheStep } from '@shop/gateway/cache/step'
import { costStep } from '@shop/gateway/cost/step'
import { renewalStep, sessionStep } from '@shop/gateway/identity/session-step'
import { sessionsBy } from '@shop/gateway/identity/sessions'
import { identityStep } from '@shop/gateway/identity/step'
import { rateStep } from '@shop/gateway/rate/step'
import { roadWith } from '@shop/gateway/road'
import { openRouter } from '@shop/gateway/router'
import { localCache } from '@shop/kit/cache'
import { systemClock as clock } from '@shop/kit/clock'
import { localLimits } from '@shop/kit/limits'
import { telemetryFrom } from '@shop/kit/telemetry'

/** The shop's own road over another supergraph: every step of it, but those that are left out to be weighed. */
const { values } = parseArgs({
  options: {
    supergraph: { type: 'string', default: '' },
    port: { type: 'string', default: '0' },
    without: { type: 'string', default: '' },
  },
})
const without = new Set(values.without.split(','))
const unless = <T>(name: string, step: T): T[] => (without.has(name) ? [] : [step])
const [limits, cache] = [localLimits(clock), localCache(clock)]
const sessions = sessionsBy(Buffer.alloc(32, 7))
const telemetry = await telemetryFrom({}, 'bench')
const budget = { limits, capacity: 1e12, perSecond: 1e12 }

await openRouter({
  supergraph: readFileSync(values.supergraph, 'utf8'),
  config: {
    port: Number(values.port),
    traffic: {
      merge: false,
      ...(without.has('traffic') && { retryShare: 0, breaker: { least: 1e9 } }),
    },
  },
  ...(!without.has('cache') && { entities: entityKeeper({ cache, purges: new RecentPurges() }) }),
  ...(!without.has('telemetry') && {
    around: (_, response, next) => {
      telemetry.served(response)
      next()
    },
  }),
  steps: roadWith({
    arrived: unless(
      'identity',
      identityStep({ tokens: async () => null, sessions, isSecure: true }),
    ),
    ...(without.has('policy') && { policy: () => {} }),
    admitted: [
      ...unless('cost', costStep({ most: 1e9, listSize: 10, budget })),
      ...unless('rate', rateStep(limits)),
      ...unless('cache', cacheStep({ cache })),
    ],
    planned: unless('identity', sessionStep(sessions)),
    executed: unless('identity', renewalStep(sessions)),
  }),
})
