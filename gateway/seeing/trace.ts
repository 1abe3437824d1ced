import type { AskedOf } from '../execute/caller.ts'

/** What one fetch of a subgraph was, in milliseconds since the request came. */
export interface SeenFetch extends AskedOf {
  /** Of an entity fetch: how many it asked for. */
  readonly entities: number | null
  readonly startMs: number
  ms: number | null
  isAnswered: boolean
}

/** Watches one request: when it was planned, and each fetch from its beginning to its end. */
export class Trace {
  readonly #began = performance.now()
  readonly #fetches: SeenFetch[] = []
  #plannedMs = 0

  planned(): void {
    this.#plannedMs = this.#now()
  }

  /** Of a fetch that begins; what it gives back is told when it ended, and whether with an answer. */
  begin(asked: AskedOf, variables: string): (isAnswered: boolean) => void {
    const seen: SeenFetch = {
      ...asked,
      entities: entitiesIn(variables),
      startMs: this.#now(),
      ms: null,
      isAnswered: false,
    }
    this.#fetches.push(seen)
    return (isAnswered) => {
      seen.ms = rounded(this.#now() - seen.startMs)
      seen.isAnswered = isAnswered
    }
  }

  told() {
    return { ms: this.#now(), plannedMs: this.#plannedMs, fetches: this.#fetches }
  }

  #now(): number {
    return rounded(performance.now() - this.#began)
  }
}

const rounded = (ms: number) => Math.round(ms * 100) / 100

/** A batch has several lists, by the names the plan gave them. */
function entitiesIn(variables: string): number | null {
  const lists = Object.entries(JSON.parse(variables) as Record<string, unknown>)
    .filter(([name, value]) => /representations/.test(name) && Array.isArray(value))
    .map(([, list]) => (list as unknown[]).length)
  return lists.length === 0 ? null : lists.reduce((sum, count) => sum + count, 0)
}
