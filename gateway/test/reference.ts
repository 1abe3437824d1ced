import type { ApolloServer } from '@apollo/server'
import type { SubgraphAnswer } from '../execute/link.ts'
import type { Data } from '../json.ts'
import { referenceServer } from '../reference/server.ts'
import type { Answer, Graph } from './graph.ts'

/** The same graph behind stock Apollo Gateway. */
export function referenceOf({ supergraph, link }: Graph): ApolloServer {
  return referenceServer(supergraph, ({ name }) => ({
    async process({ request }) {
      const { query = '', operationName, variables = {} } = request
      const answer = await link(name).ask({
        document: query,
        operationName,
        variables: JSON.stringify(variables),
      })
      return withoutInterfaceNames(answer) as never
    },
  }))
}

export async function askReference(
  server: ApolloServer,
  query: string,
  variables: Data = {},
): Promise<Answer> {
  const { body } = await server.executeOperation({ query, variables })
  if (body.kind !== 'single') throw new Error('The reference answered in parts.')
  return JSON.parse(JSON.stringify(body.singleResult))
}

/**
 * An interface object's subgraph answers with the interface's name, which the reference then takes
 * for the entity's type, and makes it null. By the federation specification an object keeps its type,
 * so the reference is helped: it is not told that name.
 */
function withoutInterfaceNames(answer: SubgraphAnswer): SubgraphAnswer {
  const entities = answer.data?._entities
  for (const each of Array.isArray(entities) ? entities : []) {
    if (each?.__typename === 'Media') delete each.__typename
  }
  return answer
}
