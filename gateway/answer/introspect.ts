import {
  type DocumentNode,
  executeSync,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
} from 'graphql'
import type { Data } from '../json.ts'
import type { ShapeField, Shapes } from './shapes.ts'

/** What is answered about the schema, by name in the answer, as JSON. */
export type Introspect = (variables: Data) => Readonly<Record<string, string>>

interface Asked {
  readonly schema: GraphQLSchema
  readonly document: DocumentNode
  readonly operation: OperationDefinitionNode
  readonly shapes: Shapes
}

/** Nothing when the operation has no such field. No subgraph knows the whole schema, so none is asked. */
export function compileIntrospection(asked: Asked): Introspect | undefined {
  const fields = asked.shapes.root.fields.filter(isIntrospection)
  if (fields.length === 0) return undefined
  const document = onlyThese(fields, asked)
  const hasVariables = (asked.operation.variableDefinitions ?? []).length > 0
  let known: Readonly<Record<string, string>> | undefined
  return (variables) => {
    if (known) return known
    const answered = answer(asked.schema, document, variables)
    if (!hasVariables) known = answered
    return answered
  }
}

export const isIntrospection = ({ name }: Pick<ShapeField, 'name'>) =>
  name === '__schema' || name === '__type'

function onlyThese(fields: readonly ShapeField[], { document, operation }: Asked): DocumentNode {
  // Whether a field is skipped is decided where the answer is written.
  const selections = fields.map(({ node }) => ({ ...node, directives: [] }))
  const only = { ...operation, selectionSet: { ...operation.selectionSet, selections } }
  const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION)
  return { ...document, definitions: [only, ...fragments] }
}

function answer(schema: GraphQLSchema, document: DocumentNode, variableValues: Data) {
  const { data } = executeSync({ schema, document, variableValues, rootValue: {} })
  const texts: Record<string, string> = {}
  for (const [key, value] of Object.entries(data ?? {})) texts[key] = JSON.stringify(value)
  return texts
}
