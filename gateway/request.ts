import type { CheckedDocument } from './document/documents.ts'
import type { Caller } from './execute/caller.ts'
import type { Fault } from './execute/faults.ts'
import type { Data } from './json.ts'
import type { Compiled } from './plan/compiled.ts'
import type { Generation } from './supergraph/generation.ts'

/** What a client wrote, whichever way it came. */
export interface Params {
  readonly query: string | undefined
  readonly operationName: string | undefined
  readonly variables: Data
  readonly extensions: Data
}

/** One request on its road: each step reads what the steps before it wrote, and knows no other. */
export interface RequestRecord extends Caller {
  readonly params: Params
  /** A GET may read, never write. */
  readonly readOnly: boolean
  /** The supergraph this request began on, and ends on. */
  readonly generation: Generation
  document?: CheckedDocument
  compiled?: Compiled
  /** Coerced, with defaults: what `@skip` and `@include` read. */
  variables: Data
  data: Data
  readonly faults: Fault[]
  /** Told to the client beside the data, by name. */
  extensions: Data | null
  /** The whole answer, as JSON. */
  answer?: string
}

/** Writes to the record, or throws a `Refusal`. A step that need not wait returns nothing. */
export type Step = (request: RequestRecord) => void | Promise<void>
