import { setTimeout as delay } from 'node:timers/promises'
import { LinkFault, type SubgraphLink } from '../execute/link.ts'

/** Of tries that were saved up while all was well. */
const mostSaved = 10

/**
 * Asks a read once more when it was not answered at all, as long as tries are but a small share of
 * reads: when everything fails, everybody's trying again is what keeps it down. A write never.
 */
export function retrying(
  link: SubgraphLink,
  share: number,
  onRetry: () => void = () => {},
): SubgraphLink {
  let saved = 1
  return {
    ...link,
    async ask(call) {
      if (call.kind !== 'query') return link.ask(call)
      saved = Math.min(mostSaved, saved + share)
      try {
        return await link.ask(call)
      } catch (fault) {
        const isWorthIt = fault instanceof LinkFault && fault.kind === 'unreachable'
        if (!isWorthIt || saved < 1 || call.request.lifetime.ended) throw fault
        saved -= 1
        onRetry()
        await delay(5 + Math.random() * 20)
        return link.ask(call)
      }
    },
  }
}
