import type { GraphQLSchema } from 'graphql'
import type { Applied } from '../supergraph/applied.ts'
import type { Kinds } from '../supergraph/read.ts'
import type { KeepEntities } from './kept.ts'
import type { SubgraphLink } from './link.ts'

/** What compiled plans lean on: the same for all plans of a supergraph. */
export interface World {
  readonly kinds: Kinds
  readonly applied: Applied
  readonly schema: GraphQLSchema
  /** Entities that are kept between requests; nothing where none are. */
  readonly entities?: KeepEntities | undefined
  /** Throws for a subgraph the supergraph does not name. */
  readonly links: (service: string) => SubgraphLink
}
