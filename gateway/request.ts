import type { Identity } from '@shop/kit/identity'
import type { SetCookie } from '@shop/kit/request'
import type { Cookies } from '@shop/kit/signature'
import type { CheckedDocument } from './document/documents.ts'
import type { Fault } from './execute/faults.ts'
import type { Lifetime } from './execute/lifetime.ts'
import type { Compiled } from './plan/compiled.ts'
import type { Generation } from './supergraph/generation.ts'

/** JSON objects, as they came off a wire. */
export interface Data {
  [key: string]: unknown
}

/** What a client wrote, whichever way it came. */
export interface Params {
  readonly query: string | undefined
  readonly operationName: string | undefined
  readonly variables: Data
  readonly extensions: Data
}

/** One request on its road: each step reads what the steps before it wrote, and knows no other. */
export interface RequestRecord {
  readonly params: Params
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly address: string
  /** A GET may read, never write. */
  readonly readOnly: boolean
  readonly lifetime: Lifetime
  /** The supergraph this request began on, and ends on. */
  readonly generation: Generation
  /** Who asks; nobody where no step finds out. */
  identity?: Identity
  /** The two of ours that a subgraph may read. */
  cookies?: Cookies
  /** For the client, from a subgraph that may. */
  setCookies?: readonly SetCookie[]
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
