import { Supergraph } from '@apollo/federation-internals'
import type { GraphQLSchema } from 'graphql'
import { withoutSecurity } from './without-security.ts'

/** What clients see of a supergraph, by Apollo's own reading: for programs that plan nothing. */
export const clientSchemaOf = (sdl: string): GraphQLSchema =>
  Supergraph.build(withoutSecurity(sdl)).apiSchema().toGraphQLJSSchema()
