import { callerOf, nobody } from '@shop/kit/identity'
import type { Caller } from '../execute/caller.ts'
import { LinkFault, type SubgraphAnswer, type SubgraphLink } from '../execute/link.ts'
import { copyOf } from '../execute/values.ts'

interface Flight {
  readonly followers: Follower[]
}

interface Follower {
  readonly resolve: (answer: SubgraphAnswer) => void
  readonly reject: (fault: unknown) => void
}

/**
 * Equal reads of one asker that are under way together are one. Whoever differs in anything that a
 * subgraph is told of them, down to scopes and cookies, asks for themselves.
 */
export function merging(link: SubgraphLink, onMerge: () => void = () => {}): SubgraphLink {
  const under = new Map<string, Flight>()
  return {
    ...link,
    ask(call) {
      if (call.kind !== 'query') return link.ask(call)
      const key = `${askerIn(call.request)}\0${call.body}`
      const flight = under.get(key)
      if (flight) {
        onMerge()
        return joined(flight, call.request, () => link.ask(call))
      }
      const mine: Flight = { followers: [] }
      under.set(key, mine)
      return lead(link.ask(call), mine, () => void under.delete(key))
    },
  }
}

async function lead(
  asking: Promise<SubgraphAnswer>,
  { followers }: Flight,
  over: () => void,
): Promise<SubgraphAnswer> {
  try {
    const answer = await asking
    over()
    // Before anybody changes theirs.
    for (const { resolve } of followers) resolve(copyOf(answer))
    return answer
  } catch (fault) {
    over()
    for (const { reject } of followers) reject(fault)
    throw fault
  }
}

/** Who follows ends when their own request does, and asks alone when the one they followed was given up. */
async function joined(
  { followers }: Flight,
  { lifetime }: Caller,
  alone: () => Promise<SubgraphAnswer>,
): Promise<SubgraphAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<SubgraphAnswer>()
  const end = ({ why }: { why: 'abandoned' | 'late' }) => reject(new LinkFault(why, false))
  followers.push({ resolve, reject })
  lifetime.onEnd(end)
  try {
    return await promise
  } catch (fault) {
    const isAnothers =
      fault instanceof LinkFault && (fault.kind === 'abandoned' || fault.kind === 'late')
    if (isAnothers && !lifetime.ended) return alone()
    throw fault
  } finally {
    lifetime.offEnd(end)
  }
}

const askers = new WeakMap<Caller, string>()

/** Everything a subgraph may be told of who asks. */
function askerIn(request: Caller): string {
  const known = askers.get(request)
  if (known !== undefined) return known
  const { identity = nobody, cookies } = request
  const { kind, scopes, sessionId, guestId, actsFor } = identity
  const asker = JSON.stringify([
    kind,
    callerOf(identity),
    scopes,
    sessionId,
    guestId,
    actsFor,
    cookies,
  ])
  askers.set(request, asker)
  return asker
}
