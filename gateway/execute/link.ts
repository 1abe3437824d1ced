import type { Data } from '../json.ts'
import type { Caller } from './caller.ts'

/** One operation for one subgraph, with its parts written as JSON already. */
export interface SubgraphCall {
  readonly document: string
  readonly operationName: string | undefined
  readonly kind: 'query' | 'mutation' | 'subscription'
  /** A JSON object. */
  readonly variables: string
  /** The whole of a GraphQL request, as JSON. */
  readonly body: string
  /** The fields it begins with: what of its subgraph fails and rests together. */
  readonly group: string
  /** The longest it may take, where its fields say so. */
  readonly timeoutMs: number | undefined
  /** On whose behalf, until when, and ended by what. */
  readonly request: Caller
}

/** JSON of our own: who gets it may change it. */
export interface SubgraphAnswer {
  readonly data?: Data | null | undefined
  readonly errors?: readonly SubgraphError[] | undefined
}

export interface SubgraphError {
  readonly message?: unknown
  readonly path?: unknown
  readonly extensions?: unknown
}

/**
 * How a subgraph is reached: over HTTP, or in this process. Rejects with a `LinkFault` when there
 * is no GraphQL answer.
 */
export interface SubgraphLink {
  ask(call: SubgraphCall): Promise<SubgraphAnswer>
  /** A subscription: answers until it is complete or the signal ends it. Throws a `LinkFault` when it breaks off. */
  follow(call: SubgraphCall, signal: AbortSignal): AsyncIterable<SubgraphAnswer>
  close(): Promise<void>
}

export type FaultKind =
  | 'unreachable'
  | 'late'
  | 'abandoned'
  | 'too-large'
  | 'not-graphql'
  | 'resting'

/** Why there is no answer. `sent` says whether the subgraph may have acted on it. */
export class LinkFault extends Error {
  readonly kind: FaultKind
  readonly sent: boolean

  constructor(kind: FaultKind, sent: boolean, cause?: unknown) {
    super(`The subgraph's answer is ${kind}.`, { cause })
    this.kind = kind
    this.sent = sent
  }
}

/** Whether JSON is a GraphQL answer. */
export function isAnswer(answer: unknown): answer is SubgraphAnswer {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return false
  const { data = null, errors = null } = answer as { data?: unknown; errors?: unknown }
  if (typeof data !== 'object' || Array.isArray(data)) return false
  if (errors === null) return 'data' in answer
  return Array.isArray(errors) && errors.every((error) => typeof error === 'object' && error)
}
