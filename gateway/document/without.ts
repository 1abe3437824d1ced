import { type DocumentNode, type FieldNode, Kind, type SelectionNode, visit } from 'graphql'
import { fragmentsIn } from './fragments.ts'

const typename: FieldNode = {
  kind: Kind.FIELD,
  name: { kind: Kind.NAME, value: '__typename' },
}

/** The document without what is left out of it; what that leaves empty asks for its type alone. */
export function without(
  isLeftOut: (node: SelectionNode) => boolean,
  document: DocumentNode,
): DocumentNode {
  const enter = (node: SelectionNode) => (isLeftOut(node) ? null : undefined)
  const left = visit(document, {
    Field: { enter },
    InlineFragment: { enter },
    FragmentSpread: { enter },
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

/** Of the operation that is meant nothing is left but the root's own name. */
export function asksNothing({ definitions }: DocumentNode, name: string | undefined): boolean {
  const operation = definitions.find(
    (each) =>
      each.kind === Kind.OPERATION_DEFINITION && (name === undefined || each.name?.value === name),
  )
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return true
  return operation.selectionSet.selections.every(
    (each) => each.kind === Kind.FIELD && each.name.value === '__typename',
  )
}
