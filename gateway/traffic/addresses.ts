import { LinkFault, type SubgraphLink } from '../execute/link.ts'

interface Place {
  readonly link: SubgraphLink
  faults: number
  downUntil: number
}

const firstRestMs = 500
const longestRestMs = 30_000

/**
 * Several places of one subgraph, asked in turn. One that cannot be reached is left out for a while,
 * which grows; when none is left, the one that has been out for longest is tried.
 */
export function amongAddresses(
  links: readonly SubgraphLink[],
  now = () => performance.now(),
): SubgraphLink {
  const [only] = links
  if (only && links.length === 1) return only
  const places: Place[] = links.map((link) => ({ link, faults: 0, downUntil: 0 }))
  let turn = 0

  function next(): Place {
    const at = now()
    const up = places.filter(({ downUntil }) => downUntil <= at)
    turn += 1
    const place =
      up.length > 0 ? up[turn % up.length] : places.toSorted((a, b) => a.downUntil - b.downUntil)[0]
    if (!place) throw new Error('A subgraph has no address.')
    return place
  }

  return {
    async ask(call) {
      const place = next()
      try {
        const answer = await place.link.ask(call)
        place.faults = 0
        place.downUntil = 0
        return answer
      } catch (fault) {
        if (fault instanceof LinkFault && fault.kind === 'unreachable') {
          place.downUntil = now() + Math.min(longestRestMs, firstRestMs * 2 ** place.faults)
          place.faults += 1
        }
        throw fault
      }
    },
    follow: (call, signal) => next().link.follow(call, signal),
    async close() {
      await Promise.all(places.map(({ link }) => link.close()))
    },
  }
}
