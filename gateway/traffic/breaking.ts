import { LinkFault, type SubgraphCall, type SubgraphLink } from '../execute/link.ts'
import { Breaker } from './breaker.ts'
import type { TrafficSettings } from './settings.ts'

/** More groups than these are of an attacker's making: the first are forgotten. */
const mostGroups = 1000

/** Leaves a group of fields of a subgraph alone that fails or is slow. */
export function breaking(
  link: SubgraphLink,
  service: string,
  { breaker: settings, onState }: Pick<TrafficSettings, 'breaker' | 'onState'>,
): SubgraphLink {
  const breakers = new Map<string, Breaker>()

  function breakerFor({ group, timeoutMs = 0, kind }: SubgraphCall): Breaker {
    const known = breakers.get(group)
    if (known) return known
    if (breakers.size >= mostGroups) breakers.delete(breakers.keys().next().value ?? '')
    // A write takes as long as it takes.
    const slowMs =
      kind === 'query' ? Math.max(settings.slowMs, timeoutMs) : Number.POSITIVE_INFINITY
    const made = new Breaker({ ...settings, slowMs }, (state) => onState?.(service, group, state))
    breakers.set(group, made)
    return made
  }

  return {
    ...link,
    async ask(call) {
      const passage = breakerFor(call).enter()
      if (!passage) throw new LinkFault('resting', false)
      try {
        const answer = await link.ask(call)
        passage.end(false)
        return answer
      } catch (fault) {
        if (fault instanceof LinkFault && fault.kind === 'abandoned') passage.drop()
        else passage.end(true)
        throw fault
      }
    },
  }
}
