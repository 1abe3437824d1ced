import type { SubgraphAnswer, SubgraphCall, SubgraphLink } from '../execute/link.ts'
import { copyOf } from '../execute/values.ts'

/** Who follows a subgraph's subscription. */
export interface Follower {
  onEvent(event: SubgraphAnswer): void
  /** Complete, or with what was thrown. */
  onEnd(fault?: unknown): void
}

interface Opening {
  readonly link: SubgraphLink
  readonly call: SubgraphCall
}

interface Upstream {
  readonly followers: Set<Follower>
  readonly stop: AbortController
}

/** Subscriptions of subgraphs: equal ones, for one and the same who asks, are opened once. */
export class Upstreams {
  readonly #open = new Map<SubgraphLink, Map<string, Upstream>>()

  get size(): number {
    return [...this.#open.values()].reduce((sum, { size }) => sum + size, 0)
  }

  /** Gives back what leaves it; the last to leave closes it. */
  join(opening: Opening, follower: Follower): () => void {
    const key = keyOf(opening.call)
    const ofLink = this.#open.get(opening.link) ?? new Map<string, Upstream>()
    this.#open.set(opening.link, ofLink)
    let upstream = ofLink.get(key)
    if (!upstream) {
      upstream = { followers: new Set(), stop: new AbortController() }
      ofLink.set(key, upstream)
      void this.#follow(opening, upstream)
    }
    const { followers, stop } = upstream
    followers.add(follower)
    return () => {
      if (!followers.delete(follower) || followers.size > 0) return
      stop.abort()
      this.#forget(opening, upstream)
    }
  }

  async #follow(opening: Opening, upstream: Upstream): Promise<void> {
    const { followers, stop } = upstream
    let fault: unknown
    try {
      for await (const event of opening.link.follow(opening.call, stop.signal))
        tell(followers, event)
    } catch (thrown) {
      fault = thrown
    }
    this.#forget(opening, upstream)
    for (const follower of [...followers]) follower.onEnd(fault)
  }

  #forget({ link, call }: Opening, upstream: Upstream): void {
    const ofLink = this.#open.get(link)
    const key = keyOf(call)
    if (ofLink?.get(key) !== upstream) return
    ofLink.delete(key)
    if (ofLink.size === 0) this.#open.delete(link)
  }
}

/** Each with its own, since what is fetched for it is put into it. */
function tell(followers: ReadonlySet<Follower>, event: SubgraphAnswer): void {
  const all = [...followers]
  const events = all.map((_, at) => (at === 0 ? event : copyOf(event)))
  all.forEach((follower, at) => {
    follower.onEvent(events[at] as SubgraphAnswer)
  })
}

/** Whose rights and whose guest are in it: nothing of one is heard by another. */
export const keyOf = ({ body, request }: SubgraphCall): string =>
  `${body}\0${JSON.stringify([request.identity, request.cookies?.guest])}`
