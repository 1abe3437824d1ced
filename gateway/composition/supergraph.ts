import { composeServices } from '@apollo/composition'
import type { GraphQLError } from 'graphql'
import { type Fault, faultsIn } from './rules.ts'
import type { ListedSubgraph } from './subgraphs.ts'

export type Composed =
  | { readonly kind: 'composed'; readonly supergraph: string }
  | { readonly kind: 'refused'; readonly faults: readonly Fault[] }

/** Our own rules first, since they say more; then federation's. */
export function composed(subgraphs: readonly ListedSubgraph[]): Composed {
  const faults = faultsIn(subgraphs)
  if (faults.length > 0) return { kind: 'refused', faults }
  const { supergraphSdl, errors } = composeServices(
    subgraphs.map(({ name, url, typeDefs }) => ({ name, url, typeDefs })),
  )
  if (supergraphSdl) return { kind: 'composed', supergraph: supergraphSdl }
  return { kind: 'refused', faults: (errors ?? []).map(faultOf) }
}

const faultOf = ({ message, extensions }: GraphQLError): Fault => ({
  where: String(extensions.code ?? 'composition'),
  what: message,
  remedy: 'See the federation reference for this code.',
})
