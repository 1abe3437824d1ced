import { RemoteGraphQLDataSource } from '@apollo/gateway'
import { startStandaloneServer } from '@apollo/server/standalone'
import { type ConfigInput, configOf } from '../config.ts'
import { referenceServer } from '../reference/server.ts'

/** The reference in the router's place, for whoever wants to compare the two over HTTP. */
export async function openReference(supergraph: string, given: ConfigInput) {
  const { host, port, subgraphs } = configOf(given)
  const server = referenceServer(supergraph, ({ name, url }) => {
    const address = subgraphs[name]?.url ?? url
    return new RemoteGraphQLDataSource(address ? { url: address } : {})
  })
  const { url } = await startStandaloneServer(server, { listen: { host, port } })
  return {
    url: new URL('graphql', url).href,
    [Symbol.asyncDispose]: () => server.stop(),
  }
}
