import { composeServices } from '@apollo/composition'
import { buildSubgraphSchema } from '@apollo/subgraph'
import {
  type DocumentNode,
  execute,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  parse,
  subscribe,
} from 'graphql'
import type { ConfigInput } from '../config.ts'
import type { SubgraphAnswer, SubgraphCall, SubgraphLink } from '../execute/link.ts'
import type { Data } from '../json.ts'
import { openRouter, type Router } from '../router.ts'

type Resolvers = Parameters<typeof buildSubgraphSchema>[0] extends infer Modules
  ? Modules extends readonly { resolvers?: infer R }[]
    ? R
    : never
  : never

// biome-ignore lint/suspicious/noExplicitAny: what a resolver is given is the test's own.
type Resolver = GraphQLFieldResolver<any, unknown>

export interface Part {
  readonly typeDefs: string
  // biome-ignore lint/suspicious/noExplicitAny: resolvers of tests, as short as they can be written.
  readonly resolvers?: any
}

/** What a subgraph was asked, in the order it was asked. */
export interface AskedOf {
  readonly service: string
  readonly document: string
  readonly variables: Data
}

/** What of a call matters to a subgraph in this process. */
type LocalCall = Pick<SubgraphCall, 'document' | 'operationName' | 'variables'>

interface LocalLink extends SubgraphLink {
  ask(call: LocalCall): Promise<SubgraphAnswer>
}

export interface Graph {
  readonly supergraph: string
  readonly schemas: ReadonlyMap<string, GraphQLSchema>
  readonly asked: AskedOf[]
  readonly link: (service: string) => LocalLink
}

export const federation2 = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [
  "@key", "@external", "@requires", "@provides", "@shareable", "@override", "@inaccessible", "@tag",
  "@interfaceObject", "@composeDirective"
])\n`

/** Composes small subgraphs and answers for them in this process. */
export function graphOf(parts: Readonly<Record<string, Part>>, fieldResolver?: Resolver): Graph {
  const supergraph = composed(parts)
  const schemas = new Map(
    Object.entries(parts).map(([name, part]) => [name, schemaOf(part)] as const),
  )
  const asked: AskedOf[] = []
  return {
    supergraph,
    schemas,
    asked,
    link: (service) => ({
      async ask(call) {
        const variables: Data = JSON.parse(call.variables)
        asked.push({ service, document: call.document, variables })
        const schema = schemas.get(service)
        if (!schema) throw new Error('There is no such subgraph.')
        return answerOf({ schema, variables, call, fieldResolver })
      },
      async *follow({ document, operationName, variables: given, request }, signal) {
        const variables: Data = JSON.parse(given)
        asked.push({ service, document, variables })
        const schema = schemas.get(service)
        if (!schema) throw new Error('There is no such subgraph.')
        const events = await subscribe({
          schema,
          document: parse(document),
          variableValues: variables,
          operationName: operationName ?? null,
          contextValue: { ...request, signal },
        })
        if (Symbol.asyncIterator in events) yield* jsonOf(events)
        else yield JSON.parse(JSON.stringify(events))
      },
      close: async () => {},
    }),
  }
}

function composed(parts: Readonly<Record<string, Part>>): string {
  const services = Object.entries(parts).map(([name, { typeDefs }]) => ({
    name,
    url: `http://${name}.test/`,
    typeDefs: parse(typeDefs),
  }))
  const { supergraphSdl, errors } = composeServices(services)
  if (!supergraphSdl) throw new Error(errors?.map(String).join('\n'))
  return supergraphSdl
}

function schemaOf({ typeDefs, resolvers }: Part): GraphQLSchema {
  const module: { typeDefs: DocumentNode; resolvers?: Resolvers } = { typeDefs: parse(typeDefs) }
  return buildSubgraphSchema([resolvers ? { ...module, resolvers } : module])
}

async function* jsonOf(events: AsyncIterable<unknown>): AsyncIterable<SubgraphAnswer> {
  for await (const event of events) yield JSON.parse(JSON.stringify(event))
}

interface Answering {
  readonly schema: GraphQLSchema
  readonly variables: Data
  readonly call: LocalCall
  readonly fieldResolver: Resolver | undefined
}

async function answerOf({ schema, variables, call, fieldResolver }: Answering) {
  const result = await execute({
    schema,
    document: parse(call.document),
    variableValues: variables,
    operationName: call.operationName ?? null,
    ...(fieldResolver && { fieldResolver }),
  })
  return JSON.parse(JSON.stringify(result))
}

/** The graph behind a router of its own. */
export const routerOf = (graph: Graph, config: ConfigInput = {}): Promise<Router> =>
  openRouter({
    supergraph: graph.supergraph,
    link: graph.link,
    config: { port: 0, development: true, ...config },
    onFault: (error) => {
      throw error
    },
  })

// biome-ignore lint/suspicious/noExplicitAny: JSON, as it came.
export type Answer = { data?: any; errors?: any[]; extensions?: any }

export async function ask({ url }: Router, query: string, variables: Data = {}): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  })
  return (await response.json()) as Answer
}
