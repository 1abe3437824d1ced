/** A field, every element of a list, or only objects of these types. */
export type PathStep = string | { readonly types: readonly string[] }

/** What a fetch takes from objects already fetched, to tell a subgraph which entity is meant. */
export type Need =
  | {
      readonly kind: 'field'
      /** Where it stands in our data, and what the subgraph calls it. */
      readonly read: string
      readonly send: string
      readonly needs?: readonly Need[] | undefined
    }
  | {
      readonly kind: 'on'
      readonly type: string
      readonly needs: readonly Need[]
      readonly skipIf?: string | undefined
      readonly includeIf?: string | undefined
    }

export type Rewrite =
  | { readonly kind: 'set'; readonly path: readonly PathStep[]; key: string; value: unknown }
  | { readonly kind: 'rename'; readonly path: readonly PathStep[]; key: string; to: string }

interface Fetching {
  readonly service: string
  readonly operation: string
  readonly operationName: string | undefined
  readonly operationKind: 'query' | 'mutation' | 'subscription'
  readonly variables: readonly string[]
}

export interface Fetch extends Fetching {
  readonly kind: 'fetch'
  readonly id?: string | undefined
  /** Of an entity fetch; a root fetch needs nothing. */
  readonly needs?: readonly Need[] | undefined
  readonly inputRewrites: readonly Rewrite[]
  readonly outputRewrites: readonly Rewrite[]
}

/** Entities of one type at one or more places, fetched under an alias of `_entities`. */
export interface Batch {
  readonly alias: string
  readonly representations: string
  readonly paths: readonly (readonly PathStep[])[]
  readonly needs: readonly Need[]
  readonly inputRewrites: readonly Rewrite[]
  readonly outputRewrites: readonly Rewrite[]
}

export interface BatchFetch extends Fetching {
  readonly kind: 'batch'
  readonly batches: readonly Batch[]
}

export type PlanNode =
  | Fetch
  | BatchFetch
  | { readonly kind: 'sequence' | 'parallel'; readonly nodes: readonly PlanNode[] }
  | { readonly kind: 'flatten'; readonly path: readonly PathStep[]; readonly node: PlanNode }
  | {
      readonly kind: 'condition'
      readonly variable: string
      readonly whenTrue?: PlanNode | undefined
      readonly whenFalse?: PlanNode | undefined
    }
  | { readonly kind: 'subscription'; readonly primary: Fetch; readonly rest?: PlanNode | undefined }

/** Without a node there is nothing to fetch: introspection, or everything is skipped. */
export interface Plan {
  readonly node?: PlanNode | undefined
}
