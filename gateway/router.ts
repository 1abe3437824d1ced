import type { AddressInfo } from 'node:net'
import type { EntityCache } from './cache/entities.ts'
import { type Config, type ConfigInput, configOf } from './config.ts'
import { costStep } from './cost/step.ts'
import type { HandlerSettings } from './edge/handle.ts'
import { listen, type ServerSettings } from './edge/server.ts'
import { httpLink } from './execute/http-link.ts'
import type { SubgraphLink } from './execute/link.ts'
import { defaultEngine } from './plan/default-engine.ts'
import type { Step } from './request.ts'
import { roadWith } from './road.ts'
import type { GenerationSettings } from './supergraph/generation.ts'
import { Life } from './supergraph/life.ts'
import { amongAddresses } from './traffic/addresses.ts'
import { managed } from './traffic/managed.ts'
import type { TrafficSettings } from './traffic/settings.ts'

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
  readonly entities?: EntityCache
  /** Told when a part of a subgraph is left alone, and when it is asked again. */
  readonly onState?: TrafficSettings['onState']
  readonly onEnd?: HandlerSettings['onEnd']
  readonly elsewhere?: ServerSettings['elsewhere']
  readonly isReady?: () => boolean
  readonly around?: ServerSettings['around']
}

export interface Router {
  readonly url: string
  readonly life: Life
  [Symbol.asyncDispose](): Promise<void>
}

/** Serves a supergraph. Rejects when it cannot be served, or the port is taken. */
export async function openRouter(options: RouterOptions): Promise<Router> {
  const config = configOf(options.config ?? {})
  await using opening = new AsyncDisposableStack()
  const life = await Life.begin(options.supergraph, {
    ...generationSettings(config, linksOf(config, options)),
    entities: options.entities,
  })
  opening.defer(() => life.close())
  const server = await listen({
    host: config.host,
    port: config.port,
    path: config.path,
    isReady: options.isReady ?? (() => true),
    elsewhere: options.elsewhere,
    around: options.around,
    handler: {
      steps: options.steps ?? roadWith({ admitted: [costStep(config.cost)] }),
      mostBodyBytes: config.bodyBytes,
      requestMs: config.requestMs,
      enter: () => life.enter(),
      onFault: options.onFault ?? (() => {}),
      onEnd(record, response) {
        for (const [name, value] of Object.entries(record.reply ?? {})) {
          response.setHeader(name, value)
        }
        options.onEnd?.(record, response)
      },
    },
  })
  opening.use(server)
  const { address, port } = server.address as AddressInfo
  const host = address.includes(':') ? `[${address}]` : address
  const opened = opening.move()
  return {
    url: `http://${host}:${port}${config.path}`,
    life,
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

/** What a supergraph is opened with, by configuration. */
export function generationSettings(
  { documents, plans, limits, introspection, development }: Config,
  link: GenerationSettings['link'],
): GenerationSettings {
  return {
    documents: { ...documents, limits, introspection, suggestions: development },
    operations: plans,
    planner: { ...plans, engine: plans.engine ?? defaultEngine() },
    isDevelopment: development,
    link,
  }
}

const linksOf =
  (config: Config, { link, onState }: RouterOptions): GenerationSettings['link'] =>
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
