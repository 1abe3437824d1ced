import type { Place } from './places.ts'

/** What came in a form beside its operation, whose variables have keys of files where those belong. */
export interface Upload {
  readonly places: readonly Place[]
  /** Takes the files in, as they come. Rejects with a `Refusal`. */
  receive(): Promise<void>
  /** A file is there for as long as its request: what was taken in is gone, what still comes is let go. */
  end(): Promise<void>
}
