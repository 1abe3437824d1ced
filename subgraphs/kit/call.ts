import type { GraphQLFormattedError } from 'graphql'
import type { Identity } from './identity.ts'
import type { Cookies } from './signature.ts'

/** One operation, asked of a subgraph. */
export interface Call {
  readonly document: string
  readonly variables?: Readonly<Record<string, unknown>> | undefined
  readonly operationName?: string | undefined
  readonly identity: Identity
  readonly cookies?: Cookies | undefined
  /** The client's, as the gateway saw it. */
  readonly address?: string | undefined
  /** Milliseconds of the epoch. */
  readonly deadline?: number | undefined
  readonly signal?: AbortSignal | undefined
}

export interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: JSON, as it came.
  readonly data?: any
  readonly errors?: readonly GraphQLFormattedError[]
  readonly extensions?: Readonly<Record<string, unknown>>
}
