import type { Data } from '../json.ts'
import type { Caller } from './caller.ts'
import type { Fault } from './faults.ts'
import type { Loader } from './loader.ts'

/** One execution of a plan. */
export interface Run {
  readonly data: Data
  readonly faults: Fault[]
  /** Coerced, with defaults, for conditions; and as the client sent them, for subgraphs. */
  readonly variables: Data
  readonly given: Data
  /** One for each subgraph and text of an entity fetch. */
  readonly loaders: Map<string, Loader>
  readonly caller: Caller
}

/** A step of a plan, compiled. Returns nothing when it has nothing to wait for. */
export type Work = (run: Run) => Promise<void> | undefined
