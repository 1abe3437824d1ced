import type { AddressInfo } from 'node:net'
import { type Config, type ConfigInput, configOf } from './config.ts'
import { costStep } from './cost/step.ts'
import { addressBehind } from './edge/client-address.ts'
import type { HandlerSettings } from './edge/handle.ts'
import { listen, type ServerSettings } from './edge/server.ts'
import { httpLink } from './execute/http-link.ts'
import type { KeepEntities } from './execute/kept.ts'
import type { SubgraphLink } from './execute/link.ts'
import { defaultEngine } from './plan/default-engine.ts'
import type { Step } from './request.ts'
import { roadWith } from './road.ts'
import { Channels } from './subscribe/channels.ts'
import type { GenerationSettings } from './supergraph/generation.ts'
import { Life } from './supergraph/life.ts'
import { Links, type OpenLink } from './supergraph/links.ts'
import { amongAddresses } from './traffic/addresses.ts'
import { managed } from './traffic/managed.ts'
import type { TrafficSettings } from './traffic/settings.ts'
import { formReader, type Uploads } from './upload/form.ts'

export interface RouterOptions {
  readonly supergraph: string
  readonly config?: ConfigInput
  /** In place of HTTP, for those subgraphs it gives a link for. */
  readonly link?: (service: string, url: string) => SubgraphLink | undefined
  /** In place of the plain road. */
  readonly steps?: readonly Step[]
  /** Told what was thrown that is no refusal. */
  readonly onFault?: HandlerSettings['onFault']
  /** Entities kept between requests. */
  readonly entities?: KeepEntities
  /** Told when a part of a subgraph is left alone, and when it is asked again. */
  readonly onState?: TrafficSettings['onState']
  /** Takes forms with files. */
  readonly uploads?: Uploads | undefined
  readonly onEnd?: HandlerSettings['onEnd']
  readonly elsewhere?: ServerSettings['elsewhere']
  readonly isReady?: () => boolean
  readonly letGo?: ServerSettings['letGo']
  readonly around?: ServerSettings['around']
}

export interface Router {
  readonly url: string
  readonly life: Life
  readonly channels: Channels
  [Symbol.asyncDispose](): Promise<void>
}

/** Serves a supergraph. Rejects when it cannot be served, or the port is taken. */
export async function openRouter(options: RouterOptions): Promise<Router> {
  const config = configOf(options.config ?? {})
  await using opening = new AsyncDisposableStack()
  const settings = generationSettings(config, linksOf(config, options))
  const { entities } = options
  const life = await Life.begin(options.supergraph, { ...settings, entities })
  opening.defer(() => life.close())
  const { steps = roadWith({ admitted: [costStep(config.cost)] }), onFault = () => {} } = options
  const { streams: mostStreams, waiting: mostWaiting } = config.subscriptions
  const { requestMs } = config
  const channels = new Channels({ requestMs, mostStreams, mostWaiting }, { life, onFault, steps })
  life.whenReplaced(() => channels.move())
  const server = await listen({
    host: config.host,
    port: config.port,
    letGo: options.letGo,
    path: config.path,
    drainMs: config.drainMs,
    slow: config.slow,
    sockets: {
      mostOperations: config.subscriptions.ofConnection,
      initMs: config.subscriptions.initMs,
    },
    isReady: options.isReady ?? (() => true),
    elsewhere: options.elsewhere,
    around: options.around,
    handler: {
      admitting: { origins: config.origins, hosts: config.hosts },
      addressOf: addressBehind(config.proxies),
      steps,
      mostBodyBytes: config.bodyBytes,
      mostUnreadBytes: config.subscriptions.unreadBytes,
      requestMs,
      readForm: options.uploads && formReader(options.uploads),
      opens: (request) => channels.events(request),
      enter: () => life.enter(),
      onFault,
      onEnd(record, response) {
        for (const [name, value] of Object.entries(record.reply ?? {})) {
          response.setHeader(name, value)
        }
        options.onEnd?.(record, response)
      },
    },
  })
  opening.use(server)
  // Before the server: it waits for what is open.
  opening.defer(() => channels.close())
  const { address, port } = server.address as AddressInfo
  const host = address.includes(':') ? `[${address}]` : address
  const opened = opening.move()
  return {
    url: `http://${host}:${port}${config.path}`,
    life,
    channels,
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

/** What a supergraph is opened with, by configuration. */
export function generationSettings(config: Config, link: OpenLink): GenerationSettings {
  const { documents, plans, limits, introspection, development } = config
  return {
    documents: { ...documents, limits, introspection, suggestions: development },
    operations: plans,
    planner: { ...plans, engine: plans.engine ?? defaultEngine() },
    isDevelopment: development,
    links: new Links(link),
  }
}

const linksOf =
  (config: Config, { link, onState }: RouterOptions): OpenLink =>
  (service, url) =>
    managed(link?.(service, url) ?? overHttp(service, url, config), service, {
      ...config.traffic,
      ...(onState && { onState }),
    })

function overHttp(service: string, url: string, { subgraphs, fetch }: Config): SubgraphLink {
  const own = subgraphs[service]
  const settings = {
    timeoutMs: own?.timeoutMs ?? fetch.timeoutMs,
    connections: fetch.connections,
    mostBytes: fetch.answerBytes,
  }
  const urls = own?.urls ?? [own?.url ?? url]
  return amongAddresses(urls.map((each) => httpLink({ ...settings, url: each })))
}
