import type { ApolloServer } from '@apollo/server'
import { referenceServer } from '../reference/server.ts'
import type { Data } from '../request.ts'
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
      return answer as never
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
