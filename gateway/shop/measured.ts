import { spanned } from '@shop/kit/tracing'
import { LinkFault, type SubgraphAnswer, type SubgraphLink } from '../execute/link.ts'
import type { Metrics } from './metrics.ts'

/** Each fetch is a span, and is counted by its subgraph and by what came of it. */
export function measured(link: SubgraphLink, subgraph: string, { onFetch }: Metrics): SubgraphLink {
  return {
    ...link,
    async ask(call) {
      const began = performance.now()
      const told = (outcome: string) =>
        onFetch({ subgraph, outcome, seconds: (performance.now() - began) / 1000 })
      try {
        const { group, kind } = call
        const answer = await spanned('fetch', { subgraph, group, kind }, () => link.ask(call))
        told(outcomeOf(answer))
        return answer
      } catch (fault) {
        told(fault instanceof LinkFault ? fault.kind : 'fault')
        throw fault
      }
    },
  }
}

const outcomeOf = ({ errors = [] }: SubgraphAnswer) => (errors.length > 0 ? 'errors' : 'data')
