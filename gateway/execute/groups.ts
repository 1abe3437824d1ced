import {
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
} from 'graphql'
import type { Applied } from '../supergraph/applied.ts'
import { rootTypes } from '../supergraph/root-types.ts'

/** A field that a fetch begins with, on a root or on an entity. */
export interface Entry {
  readonly type: string
  readonly node: FieldNode
}

/** The fields a fetch begins with: they are late together, fail together, and rest together. */
export interface Group {
  readonly name: string
  /** The shortest that one of them is given. */
  readonly timeoutMs: number | undefined
  readonly entries: readonly Entry[]
}

/** A name is a label of a metric. */
const mostNames = 8

export function groupOf(operation: string, applied: Applied): Group {
  const [definition] = parse(operation, { noLocation: true }).definitions.filter(
    (each): each is OperationDefinitionNode => each.kind === Kind.OPERATION_DEFINITION,
  )
  const entries = definition
    ? entriesIn(definition.selectionSet, rootTypes[definition.operation])
    : []
  const names = [...new Set(entries.map(({ type, node }) => `${type}.${node.name.value}`))]
  const timeouts = entries.flatMap(({ type, node }) =>
    applied
      .onField(type, node.name.value)
      .flatMap(({ name, given }) => (name === 'timeout' ? [Number(given.ms)] : [])),
  )
  return {
    name: names.toSorted().slice(0, mostNames).join(' '),
    timeoutMs: timeouts.length > 0 ? Math.min(...timeouts) : undefined,
    entries,
  }
}

function entriesIn({ selections }: SelectionSetNode, type: string): Entry[] {
  return selections.flatMap((selection): Entry[] => {
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      return entriesIn(selection.selectionSet, selection.typeCondition?.name.value ?? type)
    }
    if (selection.kind !== Kind.FIELD || selection.name.value === '__typename') return []
    if (selection.name.value !== '_entities') return [{ type, node: selection }]
    return selection.selectionSet ? entriesIn(selection.selectionSet, '') : []
  })
}
