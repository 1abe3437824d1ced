import type { SubgraphLink } from '../execute/link.ts'
import { breaking } from './breaking.ts'
import { merging } from './merging.ts'
import { retrying } from './retrying.ts'
import type { TrafficSettings } from './settings.ts'

/** A subgraph with everything that stands between a fetch and its wire. */
export function managed(
  link: SubgraphLink,
  service: string,
  settings: TrafficSettings,
): SubgraphLink {
  const guarded = retrying(breaking(link, service, settings), settings.retryShare)
  return settings.merge ? merging(guarded) : guarded
}
