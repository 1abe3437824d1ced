/** The types that operations begin with, whatever a subgraph calls its own. */
export const rootTypes = {
  query: 'Query',
  mutation: 'Mutation',
  subscription: 'Subscription',
} as const
