import {
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import { fragmentsIn } from '../document/fragments.ts'
import type { Requirements } from './requirements.ts'
import type { Rule } from './rules.ts'

/** The fields of a document that not everybody may have, and what they ask for. */
export type Guarded = ReadonlyMap<FieldNode, ReadonlySet<Rule>>

export function guardedIn(
  document: DocumentNode,
  schema: GraphQLSchema,
  requirements: Requirements,
): Guarded {
  const found = new Map<FieldNode, ReadonlySet<Rule>>()
  const types = new TypeInfo(schema)
  visit(
    document,
    visitWithTypeInfo(types, {
      Field(node) {
        const parent = types.getParentType()
        if (!parent || node.name.value.startsWith('__')) return
        const rules = requirements.of(parent.name, node.name.value)
        if (rules.size > 0) found.set(node, rules)
      },
    }),
  )
  return found
}

const typename: FieldNode = {
  kind: Kind.FIELD,
  name: { kind: Kind.NAME, value: '__typename' },
}

/** The document without these fields; what that leaves empty asks for its type alone. */
export function without(denied: ReadonlySet<FieldNode>, document: DocumentNode): DocumentNode {
  const left = visit(document, {
    Field: { enter: (node) => (denied.has(node) ? null : undefined) },
    SelectionSet: {
      leave: (node) =>
        node.selections.length === 0 ? { ...node, selections: [typename] } : undefined,
    },
  })
  return withoutUnused(left)
}

/** Planners take no fragment that is not spread, and no variable that is not used. */
function withoutUnused(document: DocumentNode): DocumentNode {
  const fragments = fragmentsIn(document)
  const spread = new Set<string>()
  const variables = new Set<string>()
  const look = (node: DocumentNode['definitions'][number]): void => {
    visit(node, {
      VariableDefinition: () => false,
      Variable: ({ name }) => void variables.add(name.value),
      FragmentSpread({ name }) {
        const fragment = fragments.get(name.value)
        if (!fragment || spread.has(name.value)) return
        spread.add(name.value)
        look(fragment)
      },
    })
  }
  for (const each of document.definitions) if (each.kind === Kind.OPERATION_DEFINITION) look(each)
  return visit(document, {
    FragmentDefinition: ({ name }) => (spread.has(name.value) ? undefined : null),
    VariableDefinition: ({ variable }) => (variables.has(variable.name.value) ? false : null),
  })
}
