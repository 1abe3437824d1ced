import { ApolloServer, HeaderMap } from '@apollo/server'
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
} from '@apollo/server/plugin/disabled'
import type { Log } from './log.ts'
import { isFault, masked } from './masking.ts'
import type { SetCookie } from './request.ts'
import type { Subgraph } from './subgraph.ts'

interface Served {
  readonly setCookies: readonly SetCookie[]
}

type Reply = (body: object, context: Served) => Promise<{ status: number; text: string }>

/** Apollo Server around the schema of a subgraph, without what the gateway alone is asked for. */
export async function apolloFor({ name, schema }: Subgraph, log: Log): Promise<Reply> {
  const server = new ApolloServer<Served>({
    schema,
    formatError: (_, error) => masked(error),
    // What may be cached the gateway knows from the schema. These would stand around every field.
    plugins: [
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginCacheControlDisabled(),
      telling(name, log),
    ],
    persistedQueries: false,
    stopOnTerminationSignals: false,
    // Only signed calls come here, and the gateway has checked what these are about.
    csrfPrevention: false,
    introspection: true,
  })
  await server.start()
  return async (body, context) => {
    const headers = new HeaderMap([['content-type', 'application/json']])
    const { status, body: answer } = await server.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method: 'POST', headers, search: '', body },
      context: async () => context,
    })
    return { status: status ?? 200, text: answer.kind === 'complete' ? answer.string : '' }
  }
}

interface Sent {
  contextValue: Served
  response: { body: { kind: string; singleResult?: object } }
}

/** Logs each fault whole, once, and hands cookies out beside the answer. */
function telling(name: string, log: Log) {
  return {
    requestDidStart: async () => ({
      async didEncounterErrors({ errors }: { errors: readonly unknown[] }) {
        for (const error of errors) if (isFault(error)) log.error(`${name} failed`, error)
      },
      async willSendResponse({ contextValue: { setCookies }, response: { body } }: Sent) {
        if (setCookies.length === 0 || !body.singleResult) return
        Object.assign(body.singleResult, { extensions: { setCookies } })
      },
    }),
  }
}
