import {
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql'
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
