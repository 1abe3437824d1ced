import type { CheckedDocument } from './document/documents.ts'
import type { Caller } from './execute/caller.ts'
import type { Fault } from './execute/faults.ts'
import type { Run } from './execute/run.ts'
import type { ShopSession } from './identity/sessions.ts'
import type { Data } from './json.ts'
import type { Compiled } from './plan/compiled.ts'
import type { Trace } from './seeing/trace.ts'
import type { Events } from './subscribe/events.ts'
import type { Generation } from './supergraph/generation.ts'
import type { Upload } from './upload/upload.ts'

/** What a client wrote, whichever way it came. */
export interface Params {
  readonly query: string | undefined
  readonly operationName: string | undefined
  readonly variables: Data
  readonly extensions: Data
}

/** What the way back to the client can carry. */
export interface Carries {
  readonly cookies: boolean
  /** Opens what is answered more than once; null where one answer is all that can be given. */
  readonly events: ((request: RequestRecord) => Events) | null
  /** One answer may come in parts. */
  readonly parts?: boolean
}

/** What is known of a request before its first step. */
export interface Arrival extends Pick<Caller, 'lifetime' | 'headers' | 'address' | 'identity'> {
  readonly params: Params
  /** A GET may read, never write. */
  readonly readOnly: boolean
  readonly carries: Carries
  /** Files that come with it. */
  readonly upload?: Upload | undefined
  /** The supergraph this request began on, and ends on. */
  readonly generation: Generation
  /**
   * A subscription that comes again, since the supergraph is another: who asks is known, and what it
   * costs was counted.
   */
  readonly isAgain?: boolean
}

/** One request on its road: each step reads what the steps before it wrote, and knows no other. */
export interface RequestRecord extends Arrival, Caller {
  /** The shop session that came with it, or that it was given. */
  session?: ShopSession
  /** When who asks is no longer to be believed, in milliseconds of the epoch. */
  until?: number
  /** The key a partner shows, and the list of operations it is bound to. */
  partner?: { readonly keyId: string; readonly list: string }
  /** Of the operation, where its id was sent in its place. */
  text?: string | undefined
  document?: CheckedDocument
  compiled?: Compiled
  /** That goes on, where parts of the answer come later. */
  run?: Run
  /** Coerced, with defaults: what `@skip` and `@include` read. */
  variables: Data
  data: Data
  readonly faults: Fault[]
  /** Told to the client beside the data, by name. */
  extensions: Data | null
  /** Of one whose client wants to see how it went. */
  trace?: Trace
  /** Something in it is not for everybody. */
  isGuarded?: boolean
  /** The whole answer, as JSON. */
  answer?: string
  /** In place of one answer: those that come one after another. */
  events?: Events
  /** Headers of the reply, by their names in small letters. */
  reply?: Record<string, string>
  /** Called once when the request has ended, with its answer or without. */
  leaving?: ((request: RequestRecord) => void)[]
}

export const recordOf = (arrival: Arrival): RequestRecord => ({
  ...arrival,
  variables: {},
  data: {},
  faults: [],
  extensions: null,
})

/** Writes to the record, or throws a `Refusal`. A step that need not wait returns nothing. */
export type Step = (request: RequestRecord) => void | Promise<void>
