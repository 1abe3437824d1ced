import { readFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import type { Cache } from '@shop/kit/cache'
import type { Files } from '@shop/kit/files'
import type { Keys } from '@shop/kit/keys'
import type { Limits } from '@shop/kit/limits'
import type { Live } from '@shop/kit/live'
import type { Log } from '@shop/kit/log'
import type { Telemetry } from '@shop/kit/telemetry'
import { serving } from '@shop/kit/tracing'
import { entityKeeper } from '../cache/entities.ts'
import { hearPurges } from '../cache/hear.ts'
import { RecentPurges } from '../cache/recent-purges.ts'
import type { KnownOperation } from '../composition/routes.ts'
import { listsIn } from '../document/lists.ts'
import { persistedStep } from '../document/persisted.ts'
import type { SubgraphLink } from '../execute/link.ts'
import { apiKeyStep, apiKeysBy } from '../identity/api-keys.ts'
import { handedOut } from '../identity/hand-out.ts'
import { renewalStep, sessionStep } from '../identity/session-step.ts'
import { type Sessions, sessionsBy } from '../identity/sessions.ts'
import { identityStep } from '../identity/step.ts'
import { tokensBy } from '../identity/tokens.ts'
import type { DemoPerson } from '../playground/playground.ts'
import type { Step } from '../request.ts'
import { roadWith } from '../road.ts'
import { openRouter, type Router } from '../router.ts'
import { seeingWhere } from '../seeing/steps.ts'
import { type Shedding, usualShedding } from '../shed/step.ts'
import type { Life } from '../supergraph/life.ts'
import { watch } from '../supergraph/watch.ts'
import { usualUploads } from '../upload/form.ts'
import { type Asks, asksOn } from './asks.ts'
import { guardsOf } from './guards.ts'
import { measured } from './measured.ts'
import { type Metrics, metricsIn } from './metrics.ts'
import { pagesOf } from './pages.ts'
import { publishedKeys } from './published-keys.ts'

export interface ShopGateway extends AsyncDisposable {
  readonly url: string
  readonly asks: Asks
}

export interface GatewayNeeds {
  readonly host: string
  readonly port: number
  /** Awaited just before it listens: whoever holds the port for it lets it go. */
  readonly letGo?: () => Promise<void>
  readonly isDevelopment: boolean
  readonly keys: Keys
  readonly log: Log
  readonly telemetry: Telemetry
  readonly limits: Limits
  /** The folder of partners' lists of operations. */
  readonly lists: string
  readonly cache: Cache
  /** Where the files of forms are kept for as long as their request; without it none are taken. */
  readonly files?: Files
  /** Where subgraphs' events are heard. */
  readonly live: Pick<Live, 'subscribe'>
  readonly link: (service: string, url: string) => SubgraphLink
  isReady(): boolean
  /** The names it goes by; any, when there is none. And other hosts, whose pages may ask. */
  readonly hosts?: string[]
  readonly origins?: string[]
  /** That are believed when they say who asks. */
  readonly proxies?: string[]
  /** Of a demo shop: who can be logged in as at the playground, in development. */
  readonly people?: readonly DemoPerson[]
  /** Watched, and served anew when it changes. */
  readonly supergraphFile?: string | undefined
  readonly drainMs?: number
}

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8')

/** What composition knows of the asks of subgraphs, by hash. */
export const knownOperations = (): Record<string, KnownOperation> =>
  JSON.parse(read('operations.generated.json'))

/** The shop's front door: who asks, the road of the router, the playground, and health. */
export async function openGateway(needs: GatewayNeeds): Promise<ShopGateway> {
  const { keys, isDevelopment, log, telemetry } = needs
  let life: Life | undefined
  const asks = asksOn(() => life as Life, knownOperations())
  const sessions = sessionsBy(keys('shop-session:1'))
  const isSecure = !isDevelopment
  const pages = pagesOf(asks, needs)
  const { supergraphFile } = needs
  const supergraph = supergraphFile
    ? readFileSync(supergraphFile, 'utf8')
    : read('supergraph.graphql')
  const purges = new RecentPurges()
  const shedding = usualShedding()
  await using opening = new AsyncDisposableStack()
  const metrics = opening.use(metricsIn(telemetry, shedding))

  const router: Router = await openRouter({
    supergraph,
    config: configOf(needs),
    link: (name, url) => measured(needs.link(name, url), name, metrics),
    entities: entityKeeper({ cache: needs.cache, purges, onLook: metrics.onEntities }),
    steps: stepsOf(needs, { asks, sessions, isSecure, shedding, metrics }),
    uploads: needs.files && { ...usualUploads, files: needs.files },
    onState(subgraph, group, state) {
      metrics.onState(subgraph, group, state)
      if (state !== 'trying') log.warn(`${group} of ${subgraph} ${rested[state]}`)
    },
    onFault: (fault) => log.error('a request failed', fault),
    onEnd: (record, response) => {
      for (const [name, value] of handedOut(record, isSecure)) response.setHeader(name, value)
    },
    around: (request, response, next) => {
      telemetry.served(response)
      serving(headerOf(request, 'traceparent'), response, next)
    },
    elsewhere: (request, response) => {
      const page = pages(request)
      page?.(request, response)
      return page !== undefined
    },
    isReady: () => needs.isReady(),
    letGo: needs.letGo,
  })
  life = router.life
  opening.use(router)
  const { generation } = router.life
  const onFault = (fault: unknown) => log.error('what events make untrue is not dropped', fault)
  const { live, cache } = needs
  opening.use(
    hearPurges({ live, cache, purges, generation: () => life?.generation ?? generation, onFault }),
  )
  if (supergraphFile) {
    opening.use(watch({ file: supergraphFile, supergraph, life, onFault: refused(log) }))
  }
  const opened = opening.move()
  return { url: router.url, asks, [Symbol.asyncDispose]: () => opened.disposeAsync() }
}

interface Standing {
  readonly asks: Asks
  readonly sessions: Sessions
  readonly isSecure: boolean
  readonly shedding: Shedding
  readonly metrics: Metrics
}

function stepsOf(needs: GatewayNeeds, standing: Standing): readonly Step[] {
  const { asks, sessions, isSecure, shedding, metrics } = standing
  const { limits, cache } = needs
  const tokens = tokensBy(() => publishedKeys(asks))
  const onUnknown = (key: string, id: string) =>
    needs.log.warn(`API key ${key} asked for ${id}, which is not in its list`)
  const seen = seeingWhere(needs.isDevelopment)
  return roadWith({
    arrived: [
      ...seen.arrived,
      identityStep({ tokens, sessions, isSecure }),
      apiKeyStep(keysKnownTo(asks)),
      persistedStep({ mostBytes: 16 * 2 ** 20, lists: listsIn(needs.lists), onUnknown }),
    ],
    admitted: guardsOf({ limits, cache, shedding, metrics }),
    planned: [...seen.planned, sessionStep(sessions)],
    executed: [renewalStep(sessions), ...seen.executed],
  })
}

const configOf = (needs: GatewayNeeds) => ({
  host: needs.host,
  port: needs.port,
  development: needs.isDevelopment,
  introspection: needs.isDevelopment,
  hosts: needs.hosts ?? [],
  origins: needs.origins ?? [],
  proxies: needs.proxies ?? [],
  drainMs: needs.drainMs ?? 0,
  // After a cut the shop is whole within five seconds: with a rest of five it took up to ten.
  traffic: { breaker: { restMs: 2000 } },
})

const rested = { open: 'failed too often and is left alone for a while', closed: 'is back' }

const refused = (log: Log) => (fault: unknown) =>
  log.error('the new supergraph is refused, and the old one serves on', fault)

const keysKnownTo = (asks: Asks) =>
  apiKeysBy(async (hash) => {
    const document =
      'query ($hash: String!) { apiKeyByHash(hash: $hash) { id scopes operationList } }'
    const { data, errors } = await asks.own(document, 2000, { hash })
    if (!data || errors) throw new Error('accounts did not say what an API key may do.')
    return data.apiKeyByHash
  })

function headerOf({ headers }: IncomingMessage, name: string): string | undefined {
  const value = headers[name]
  return typeof value === 'string' ? value : undefined
}
